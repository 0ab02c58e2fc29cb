import Glibc

/// Reads an object of ours member by member, in the order in which we write it, without building a tree.
///
/// A member that is asked for and is not the next one is taken as absent; whoever reads asks at the end whether
/// all is ``isClosed`` then, and takes ``JSONParser`` where it is not: after an object of another order or version.
public struct JSONMemberReader: ~Copyable {
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let count: Int
  /// The offset of the brace or comma before the next member, or of the brace after the last.
  public private(set) var position = 0

  /// A reader of the object that `bytes`, which must outlive it, begin with; nil where they begin with none.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count >= 2, base[0] == 0x7B else { return nil }
    self.base = base
    count = bytes.count
  }

  /// Whether nothing is left but the end of the outermost object.
  public var isClosed: Bool { position == count - 1 && base[position] == 0x7D }

  /// The next member's value, where it is a string and has this key.
  @inlinable @inline(__always)
  public mutating func string(_ key: StaticString) -> String? {
    value(of: key).flatMap { text(at: $0) }
  }

  /// As ``string(_:)``, where the value is probably the text of `known`: that is then given, which costs no memory.
  @inlinable @inline(__always)
  public mutating func string(_ key: StaticString, sharing known: String) -> String? {
    guard let start = value(of: key) else { return nil }
    return passes(known, at: start) ? known : text(at: start)
  }

  /// Passes over the next member, where its value is a string and it has this key; false where it has not.
  @inlinable @inline(__always) @discardableResult
  public mutating func skip(_ key: StaticString) -> Bool {
    value(of: key).map { skipText(at: $0) } ?? false
  }

  /// The bytes of the next member's value, where it is a string without escapes and has this key.
  @inlinable @inline(__always)
  public mutating func bytes(_ key: StaticString) -> UnsafeBufferPointer<UInt8>? {
    value(of: key).flatMap { plainBytes(at: $0) }
  }

  /// The next member's value, where it is a whole number of up to 18 digits and has this key.
  @inlinable @inline(__always)
  public mutating func int(_ key: StaticString) -> Int? {
    value(of: key).flatMap { number(at: $0) }
  }

  /// The next member's value, where it is an array of whole numbers of up to 18 digits and has this key.
  @inlinable @inline(__always)
  public mutating func ints(_ key: StaticString) -> [Int]? {
    value(of: key).flatMap { numbers(at: $0) }
  }

  /// Goes into the next member's value, where it is an object and has this key.
  @inlinable @inline(__always)
  public mutating func open(_ key: StaticString) -> Bool {
    value(of: key).map { goIn(at: $0) } ?? false
  }

  /// Goes out of an object, where nothing of it is left.
  public mutating func close() -> Bool {
    guard position + 1 < count, base[position] == 0x7D else { return false }
    position += 1
    return true
  }

  /// Where the value of the next member begins, if that has this key; a byte is there.
  ///
  /// The keys that are asked for are known when this is compiled, so that each is compared as a few words.
  @inlinable @inline(__always)
  func value(of key: StaticString) -> Int? {
    let length = key.utf8CodeUnitCount
    let name = position + 2
    guard name + length + 2 < count, base[name - 1] == 0x22, base[position] != 0x7D,
      memcmp(base + name, key.utf8Start, length) == 0, base[name + length] == 0x22,
      base[name + length + 1] == 0x3A
    else { return nil }
    return name + length + 2
  }

  @usableFromInline mutating func goIn(at start: Int) -> Bool {
    guard base[start] == 0x7B else { return false }
    position = start
    return true
  }

  @usableFromInline mutating func text(at start: Int) -> String? {
    if let plain = plainBytes(at: start) { return String(decoding: plain, as: UTF8.self) }
    return base[start] == 0x22 ? quoted(from: start + 1) : nil
  }

  /// Passes over a string that is `known`, which holds nothing that is escaped; false where it is another.
  @usableFromInline mutating func passes(_ known: String, at start: Int) -> Bool {
    let length = known.utf8.count
    guard start + length + 1 < count, base[start] == 0x22, base[start + length + 1] == 0x22 else {
      return false
    }
    let isSame = known.utf8.withContiguousStorageIfAvailable { known in
      guard let text = known.baseAddress else { return length == 0 }
      return memcmp(base + start + 1, text, length) == 0 && memchr(text, 0x5C, length) == nil
    }
    guard isSame == true else { return false }
    position = start + length + 2
    return true
  }

  @usableFromInline mutating func plainBytes(at start: Int) -> UnsafeBufferPointer<UInt8>? {
    guard base[start] == 0x22, let quote = memchr(base + start + 1, 0x22, count - start - 1) else {
      return nil
    }
    let end = UnsafeRawPointer(quote) - UnsafeRawPointer(base)
    let length = end - start - 1
    guard memchr(base + start + 1, 0x5C, length) == nil else { return nil }
    position = end + 1
    return UnsafeBufferPointer(start: base + start + 1, count: length)
  }

  @usableFromInline mutating func skipText(at start: Int) -> Bool {
    guard base[start] == 0x22 else { return false }
    var end = start + 1
    while let quote = memchr(base + end, 0x22, count - end) {
      end = UnsafeRawPointer(quote) - UnsafeRawPointer(base)
      var backslashes = 0
      while base[end - 1 - backslashes] == 0x5C { backslashes += 1 }
      end += 1
      if backslashes % 2 == 0 {
        position = end
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
    position = end + 1
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

  @usableFromInline mutating func number(at start: Int) -> Int? {
    var end = start
    let isNegative = base[end] == 0x2D
    if isNegative { end += 1 }
    guard let value = digits(&end) else { return nil }
    position = end
    return isNegative ? -value : value
  }

  @usableFromInline mutating func numbers(at start: Int) -> [Int]? {
    var end = start
    guard base[end] == 0x5B else { return nil }
    var values: [Int] = []
    repeat {
      end += 1
      guard let value = digits(&end) else { return nil }
      values.append(value)
    } while end < count && base[end] == 0x2C
    guard end < count, base[end] == 0x5D else { return nil }
    position = end + 1
    return values
  }

  private func digits(_ at: inout Int) -> Int? {
    let start = at
    var value = 0
    while at < count, case let digit = base[at] &- 0x30, digit < 10 {
      if at - start == 18 { return nil }
      value = value &* 10 &+ Int(digit)
      at += 1
    }
    return at > start ? value : nil
  }
}
