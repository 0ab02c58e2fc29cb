/// The words of a text as hashes, cut in one pass for all who tell texts by their words.
///
/// Letter case, punctuation and white space do not matter. The folding is a table of our own, so that the hashes are
/// the same whatever Unicode version a machine has; they stand in files.
public struct TextWords: Sendable {
  /// All words in their order: runs of letters and digits; an ideograph or kana is a word of its own.
  public let words: [UInt64]
  /// The words by which a text may be looked for: those of three letters to forty, ideographs and kana in pairs.
  public let lookups: [Lookup]

  /// A word as it stands, and without a plural's s: "models" is found by "model".
  public struct Lookup: Sendable {
    /// The hash of the word.
    public let word: UInt32
    /// The hash of the word without a plural's s; the word's own where it has none.
    public let singular: UInt32
  }

  /// Bytes from the start of a text that words are looked for in.
  package static let lookupBytes = 120_000

  /// The words of a text.
  public init(_ text: String) {
    var text = text
    self = text.withUTF8 { TextWords(utf8: $0, parts: [Part(end: $0.count, isText: true)]) }
  }

  /// A part of a text up to a byte; what is no text counts for `lookups` alone.
  package struct Part {
    package var end: Int
    package var isText: Bool

    package init(end: Int, isText: Bool) {
      self.end = end
      self.isText = isText
    }
  }

  /// The words of UTF-8 bytes that are parted at ends of words; malformed bytes are read as they come and never trap.
  package init(utf8: UnsafeBufferPointer<UInt8>, parts: [Part]) {
    // A word takes a byte and what parts it from the next.
    let room = utf8.count / 2 + 1
    var lookups: [Lookup] = []
    words = [UInt64](unsafeUninitializedCapacity: room) { words, wordCount in
      lookups = [Lookup](unsafeUninitializedCapacity: room) { lookups, lookupCount in
        var scanner = WordScanner(words: words, lookups: lookups)
        var start = 0
        for part in parts {
          scanner.scan(UnsafeBufferPointer(rebasing: utf8[start..<part.end]), isText: part.isText)
          start = part.end
        }
        wordCount = scanner.wordCount
        lookupCount = scanner.lookupCount
      }
    }
    self.lookups = lookups
  }
}
