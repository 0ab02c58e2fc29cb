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
  /// The digits.
  public let text: String

  /// The id of a feed first subscribed to at this address.
  public init(url: String) { text = SHA256.hex("feed\n" + url, length: 16) }

  /// An id read from a store or a command line; nil where it is not 16 lower-case hexadecimal digits.
  public init?(_ text: String) {
    let isHex = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    guard text.utf8.count == 16, isHex else { return nil }
    self.text = text
  }

  /// The digits as a number.
  public var number: UInt64 { UInt64(text, radix: 16) ?? 0 }

  /// Ids are ordered as their digits are.
  public static func < (left: FeedID, right: FeedID) -> Bool { left.text < right.text }

  /// The digits.
  public var description: String { text }
}
