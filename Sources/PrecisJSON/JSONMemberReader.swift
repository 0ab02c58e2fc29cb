import Glibc

/// Reads an object of ours member by member, in the order in which we write it, without building a tree.
///
/// A member that is asked for and is not the next one is taken as absent; whoever reads asks at the end whether
/// all is ``isClosed`` then, and takes ``JSONParser`` where it is not: after an object of another order or version.
public struct JSONMemberReader: ~Copyable {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  /// The offset of what follows the member that was read last: a comma, or a brace.
  public private(set) var position = 1
  /// The next member's key; its length is -1 where no member follows.
  private var key = 0
  private var keyLength = -1

  /// A reader of the object that `bytes`, which must outlive it, begin with; nil where they begin with none.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count >= 2, base[0] == 0x7B else { return nil }
    self.base = base
    count = bytes.count
    findKey(from: 1)
  }

  /// Whether nothing is left but the end of the outermost object.
  public var isClosed: Bool { position == count - 1 && base[position] == 0x7D }

  /// The next member's value, where it is a string and has this key.
  public mutating func string(_ key: StaticString) -> String? {
    guard let start = textStart(of: key), let quote = memchr(base + start, 0x22, count - start) else {
      return nil
    }
    let end = UnsafeRawPointer(quote) - UnsafeRawPointer(base)
    guard memchr(base + start, 0x5C, end - start) == nil else { return quoted(from: start) }
    goOn(from: end + 1)
    return String(decoding: UnsafeBufferPointer(start: base + start, count: end - start), as: UTF8.self)
  }

  /// Passes over the next member, where its value is a string and it has this key; false where it has not.
  @discardableResult
  public mutating func skip(_ key: StaticString) -> Bool {
    guard var end = textStart(of: key) else { return false }
    while let quote = memchr(base + end, 0x22, count - end) {
      end = UnsafeRawPointer(quote) - UnsafeRawPointer(base)
      var backslashes = 0
      while base[end - 1 - backslashes] == 0x5C { backslashes += 1 }
      end += 1
      if backslashes % 2 == 0 {
        goOn(from: end)
        return true
      }
    }
    return false
  }

  /// A string with quotes and backslashes in it, such as every entity tag is; other escapes are the parser's.
  private mutating func quoted(from start: Int) -> String? {
    var end = start
    while end < count, base[end] != 0x22 {
      guard base[end] >= 0x20 else { return nil }
      if base[end] == 0x5C {
        end += 1
        guard end < count, base[end] == 0x22 || base[end] == 0x5C else { return nil }
      }
      end += 1
    }
    guard end < count else { return nil }
    goOn(from: end + 1)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: end - start) { text in
      var length = 0
      var from = start
      while from < end {
        if base[from] == 0x5C { from += 1 }
        text[length] = base[from]
        length += 1
        from += 1
      }
      return String(decoding: UnsafeBufferPointer(rebasing: text[..<length]), as: UTF8.self)
    }
  }

  /// The bytes of the next member's value, where it is a string without escapes and has this key.
  public mutating func bytes(_ key: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let start = textStart(of: key), let quote = memchr(base + start, 0x22, count - start) else {
      return nil
    }
    let length = UnsafeRawPointer(quote) - UnsafeRawPointer(base + start)
    guard memchr(base + start, 0x5C, length) == nil else { return nil }
    goOn(from: start + length + 1)
    return UnsafeBufferPointer(start: base + start, count: length)
  }

  /// The next member's value, where it is a whole number of up to 18 digits and has this key.
  public mutating func int(_ key: StaticString) -> Int? {
    guard isNext(key) else { return nil }
    var end = valueStart
    let isNegative = end < count && base[end] == 0x2D
    if isNegative { end += 1 }
    guard let value = digits(&end) else { return nil }
    goOn(from: end)
    return isNegative ? -value : value
  }

  /// The next member's value, where it is an array of whole numbers of up to 18 digits and has this key.
  public mutating func ints(_ key: StaticString) -> [Int]? {
    guard isNext(key) else { return nil }
    var end = valueStart
    guard end < count, base[end] == 0x5B else { return nil }
    var values: [Int] = []
    repeat {
      end += 1
      guard let value = digits(&end) else { return nil }
      values.append(value)
    } while end < count && base[end] == 0x2C
    guard end < count, base[end] == 0x5D else { return nil }
    goOn(from: end + 1)
    return values
  }

  /// Goes into the next member's value, where it is an object and has this key.
  public mutating func open(_ key: StaticString) -> Bool {
    guard isNext(key), valueStart < count, base[valueStart] == 0x7B else { return false }
    position = valueStart + 1
    findKey(from: position)
    return true
  }

  /// Goes out of an object, where nothing of it is left.
  public mutating func close() -> Bool {
    guard position < count, base[position] == 0x7D else { return false }
    goOn(from: position + 1)
    return true
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

  /// Whether the next member has this key: the length parts nearly all keys.
  @inline(__always)
  private func isNext(_ wanted: StaticString) -> Bool {
    keyLength == wanted.utf8CodeUnitCount && memcmp(base + key, wanted.utf8Start, keyLength) == 0
  }

  /// Where the next member's value begins: after the key's quote and a colon.
  private var valueStart: Int { key + keyLength + 2 }

  /// Where the text of the next member begins, if that is a string and has this key.
  @inline(__always)
  private func textStart(of key: StaticString) -> Int? {
    guard isNext(key), valueStart < count, base[valueStart] == 0x22 else { return nil }
    return valueStart + 1
  }

  /// A member has been read up to here.
  private mutating func goOn(from end: Int) {
    position = end
    keyLength = -1
    if end < count, base[end] == 0x2C { findKey(from: end + 1) }
  }

  private mutating func findKey(from start: Int) {
    keyLength = -1
    guard start < count, base[start] == 0x22 else { return }
    var end = start + 1
    while end < count, base[end] != 0x22 { end += 1 }
    guard end + 1 < count, base[end + 1] == 0x3A else { return }
    key = start + 1
    keyLength = end - key
  }
}
