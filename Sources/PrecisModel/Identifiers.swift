import PrecisDigest

/// Names an article for ever and on every machine: 24 hexadecimal digits of the hash of its identity.
public struct ArticleID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digits.
  public let text: String

  /// The id of the article whose identity (its feed-scoped GUID, or its canonical URL) is this text.
  public init(identity: String) { text = SHA256.hex(identity, length: 24) }

  /// An id read from a store or a command line; nil where it is not 24 lower-case hexadecimal digits.
  public init?(_ text: String) {
    let isHex = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    guard text.utf8.count == 24, isHex else { return nil }
    self.text = text
  }

  /// The first 16 digits as a number: a key for in-memory indexes.
  public var prefix64: UInt64 { UInt64(text.prefix(16), radix: 16) ?? 0 }

  /// Ids are ordered as their digits are.
  public static func < (left: ArticleID, right: ArticleID) -> Bool { left.text < right.text }

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
    guard digits.count == 16 else { return nil }
    var number: UInt64 = 0
    for byte in digits {
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt64(byte &- 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(byte &- 0x57)
      default: return nil
      }
    }
    self.number = number
  }

  /// The digits.
  public var text: String {
    String(unsafeUninitializedCapacity: Self.textLength) { text in
      write(to: UnsafeMutableBufferPointer(rebasing: text[..<Self.textLength]))
      return Self.textLength
    }
  }

  /// Bytes of `text`.
  static let textLength = 16

  /// Fills `textLength` bytes with `text`.
  func write(to text: UnsafeMutableBufferPointer<UInt8>) {
    guard let text = text.baseAddress else { return }
    for index in 0..<Self.textLength {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index) & 15)
      text[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
  }

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
