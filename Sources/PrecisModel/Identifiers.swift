import PrecisDigest

/// Names an article for ever and on every machine: 24 hexadecimal digits of the hash of its identity.
public struct ArticleID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first 16 digits as a number: a key for in-memory indexes.
  public let prefix64: UInt64
  /// The last 8 digits as a number.
  public let suffix32: UInt32

  /// The id of the article whose identity (its feed-scoped GUID, or its canonical URL) is this text.
  public init(identity: String) { (prefix64, suffix32) = SHA256.prefix96(identity) }

  /// The id with these numbers.
  public init(prefix64: UInt64, suffix32: UInt32) {
    self.prefix64 = prefix64
    self.suffix32 = suffix32
  }

  /// An id read from a store or a command line; nil where it is not 24 lower-case hexadecimal digits.
  public init?(_ text: String) {
    var text = text
    let numbers = text.withUTF8 { digits -> (UInt64, UInt64)? in
      guard digits.count == 24, let high = UInt64(hexadecimal: .init(rebasing: digits[..<16])),
        let low = UInt64(hexadecimal: .init(rebasing: digits[16...]))
      else { return nil }
      return (high, low)
    }
    guard let (high, low) = numbers else { return nil }
    self.init(prefix64: high, suffix32: UInt32(truncatingIfNeeded: low))
  }

  /// The digits.
  public var text: String {
    String(unsafeUninitializedCapacity: Self.textLength) { digits in
      write(to: UnsafeMutableBufferPointer(rebasing: digits[..<Self.textLength]))
      return Self.textLength
    }
  }

  static let textLength = 24

  /// Writes the digits to so many bytes.
  func write(to digits: UnsafeMutableBufferPointer<UInt8>) {
    prefix64.writeHexadecimal(to: .init(rebasing: digits[..<16]))
    UInt64(suffix32).writeHexadecimal(to: .init(rebasing: digits[16..<24]))
  }

  /// Ids are ordered as their digits are.
  public static func < (left: ArticleID, right: ArticleID) -> Bool {
    left.prefix64 != right.prefix64 ? left.prefix64 < right.prefix64 : left.suffix32 < right.suffix32
  }

  /// The digits.
  public var description: String { text }
}

/// Names a subscription for ever, also when its feed moves: 16 hexadecimal digits of the hash of the first address.
public struct FeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digits as a number.
  public let number: UInt64

  /// The id of a feed first subscribed to at this address.
  public init(url: String) { number = SHA256.prefix64("feed\n" + url) }

  /// The id with this number.
  public init(number: UInt64) { self.number = number }

  /// An id read from a store or a command line; nil where it is not 16 lower-case hexadecimal digits.
  public init?(_ text: String) {
    var text = text
    guard let id = text.withUTF8({ FeedID(utf8: $0) }) else { return nil }
    self = id
  }

  /// An id from its digits; nil where they are not 16 lower-case hexadecimal ones.
  init?(utf8 digits: UnsafeBufferPointer<UInt8>) {
    guard digits.count == Self.textLength, let number = UInt64(hexadecimal: digits) else { return nil }
    self.number = number
  }

  /// The digits.
  public var text: String {
    String(unsafeUninitializedCapacity: Self.textLength) { digits in
      write(to: UnsafeMutableBufferPointer(rebasing: digits[..<Self.textLength]))
      return Self.textLength
    }
  }

  /// How many digits there are.
  package static let textLength = 16

  /// Writes the digits to so many bytes.
  package func write(to digits: UnsafeMutableBufferPointer<UInt8>) { number.writeHexadecimal(to: digits) }

  /// For tables: the number is part of a hash already, which need not be hashed again with a key.
  @inlinable
  public func _rawHashValue(seed: Int) -> Int {
    let mixed = (number ^ UInt64(truncatingIfNeeded: seed)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// Ids are ordered as their digits are.
  public static func < (left: FeedID, right: FeedID) -> Bool { left.number < right.number }

  /// The digits.
  public var description: String { text }
}

extension UInt64 {
  /// The number that lower-case hexadecimal digits write, at most 16 of them; nil where they are none.
  fileprivate init?(hexadecimal digits: UnsafeBufferPointer<UInt8>) {
    self = 0
    for byte in digits {
      switch byte {
      case 0x30...0x39: self = self << 4 | UInt64(byte &- 0x30)
      case 0x61...0x66: self = self << 4 | UInt64(byte &- 0x57)
      default: return nil
      }
    }
  }

  /// Fills bytes with the last digits, lower-case hexadecimal.
  fileprivate func writeHexadecimal(to digits: UnsafeMutableBufferPointer<UInt8>) {
    var rest = self
    for at in digits.indices.reversed() {
      let digit = UInt8(truncatingIfNeeded: rest & 15)
      digits[at] = digit < 10 ? 0x30 &+ digit : 0x57 &+ digit
      rest >>= 4
    }
  }
}
