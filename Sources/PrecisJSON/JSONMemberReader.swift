import Glibc

/// Reads an object of ours member by member, in the order in which we write it, without building a tree.
///
/// A member that is asked for and is not the next one is taken as absent; whoever reads asks at the end whether
/// all is ``isClosed`` then, and takes ``JSONParser`` where it is not: after an object of another order or version.
public struct JSONMemberReader: ~Copyable {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private var at = 1
  /// Whether the next member is the first of its object.
  private var isFirst = true

  /// A reader of the object that `bytes`, which must outlive it, begin with; nil where they begin with none.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count >= 2, base[0] == 0x7B else { return nil }
    self.base = base
    count = bytes.count
  }

  /// Whether nothing is left but the end of the outermost object.
  public var isClosed: Bool { at == count - 1 && base[at] == 0x7D }

  /// The next member's value, where it is a string and has this key.
  public mutating func string(_ key: StaticString) -> String? {
    if let value = plain(key) {
      return String(
        decoding: UnsafeBufferPointer(start: base + value.lowerBound, count: value.count), as: UTF8.self)
    }
    return quoted(key)
  }

  /// A string with quotes and backslashes in it, such as every entity tag is; other escapes are the parser's.
  private mutating func quoted(_ key: StaticString) -> String? {
    guard var end = value(of: key), end < count, base[end] == 0x22 else { return nil }
    end += 1
    var text: [UInt8] = []
    while end < count, base[end] != 0x22 {
      guard base[end] >= 0x20 else { return nil }
      if base[end] == 0x5C {
        end += 1
        guard end < count, base[end] == 0x22 || base[end] == 0x5C else { return nil }
      }
      text.append(base[end])
      end += 1
    }
    guard end < count else { return nil }
    isFirst = false
    at = end + 1
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of the next member's value, where it is a string and has this key.
  public mutating func bytes(_ key: StaticString) -> UnsafeBufferPointer<UInt8>? {
    plain(key).map { UnsafeBufferPointer(start: base + $0.lowerBound, count: $0.count) }
  }

  /// The next member's value, where it is a whole number of up to 18 digits and has this key.
  public mutating func int(_ key: StaticString) -> Int? {
    guard var end = value(of: key) else { return nil }
    let isNegative = end < count && base[end] == 0x2D
    if isNegative { end += 1 }
    guard let value = digits(&end) else { return nil }
    isFirst = false
    at = end
    return isNegative ? -value : value
  }

  /// The next member's value, where it is an array of whole numbers of up to 18 digits and has this key.
  public mutating func ints(_ key: StaticString) -> [Int]? {
    guard var end = value(of: key), end < count, base[end] == 0x5B else { return nil }
    var values: [Int] = []
    repeat {
      end += 1
      guard let value = digits(&end) else { return nil }
      values.append(value)
    } while end < count && base[end] == 0x2C
    guard end < count, base[end] == 0x5D else { return nil }
    isFirst = false
    at = end + 1
    return values
  }

  /// Goes into the next member's value, where it is an object and has this key.
  public mutating func open(_ key: StaticString) -> Bool {
    guard let start = value(of: key), start < count, base[start] == 0x7B else { return false }
    at = start + 1
    isFirst = true
    return true
  }

  /// Goes out of an object, where nothing of it is left.
  public mutating func close() -> Bool {
    guard at < count, base[at] == 0x7D else { return false }
    at += 1
    isFirst = false
    return true
  }

  /// A string without escapes, which nearly all are.
  private mutating func plain(_ key: StaticString) -> Range<Int>? {
    guard let quote = value(of: key), quote < count, base[quote] == 0x22 else { return nil }
    let start = quote + 1
    guard let found = memchr(base + start, 0x22, count - start) else { return nil }
    let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    guard memchr(base + start, 0x5C, end - start) == nil else { return nil }
    isFirst = false
    at = end + 1
    return start..<end
  }

  private func digits(_ at: inout Int) -> Int? {
    let start = at
    var value = 0
    while at < count, at - start < 19, 0x30...0x39 ~= base[at] {
      if at - start == 18 { return nil }
      value = value * 10 + Int(base[at] - 0x30)
      at += 1
    }
    return at > start ? value : nil
  }

  /// Where the value of the next member begins, if that has this key.
  private func value(of key: StaticString) -> Int? {
    value(of: key.utf8Start, key.utf8CodeUnitCount)
  }

  private func value(of name: UnsafePointer<UInt8>, _ length: Int) -> Int? {
    let start = isFirst ? at : at + 1
    let end = start + length + 3
    // The first letter parts nearly all keys.
    guard end < count, base[start + 1] == name[0], base[start] == 0x22, base[end - 2] == 0x22,
      base[end - 1] == 0x3A, isFirst || base[at] == 0x2C, memcmp(base + start + 1, name, length) == 0
    else { return nil }
    return end
  }
}
