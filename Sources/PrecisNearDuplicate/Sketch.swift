import PrecisWords

/// What is kept of a text to tell whether another has the same words: about a kilobyte at most.
///
/// It samples the runs of five words. The *lead* has every run of the first 112 words, because a feed's teaser is the
/// beginning of the article; the *body* has the 128 runs of the whole text with the smallest hashes, so that
/// two bodies, cut at the smaller of their largest hashes, are samples by one rule and their overlap estimates
/// containment without bias (bottom-k sampling, Cohen and Kaplan 2007). Lines that a site puts around every article
/// are left out before.
public struct Sketch: Equatable, Sendable {
  /// Words of the text without its frame lines.
  public let wordCount: Int
  /// A hash of all the words in their order.
  let fingerprint: UInt64
  /// Ascending, without repetition.
  let lead: [UInt32]
  /// Ascending, without repetition.
  let body: [UInt32]

  static let shingleWidth = 5
  static let leadWords = 112
  static let bodyLimit = 128
  /// Words read of a text; what comes later changes no decision that a reader would notice.
  static let wordLimit = 200_000

  /// The sketch of a text in any language, plain, lines parted by line feeds.
  ///
  /// - Parameter frames: the lines that the text's feed puts around its articles.
  public init(text: String, without frames: FeedFrames? = nil) {
    self.init(FrameLines.words(of: text, without: frames))
  }

  /// The sketch of words that ``FrameLines/words(of:without:)`` gave.
  public init(_ words: TextWords) {
    let words = words.words.prefix(Self.wordLimit)
    wordCount = words.count
    fingerprint = words.reduce(0x1234_5678_9ABC_DEF1) { ($0 ^ $1) &* 0xBF58_476D_1CE4_E5B9 ^ ($0 >> 31) }
    let runs = WordRuns.hashes(words, width: Self.shingleWidth)
    lead = SmallestHashes.of(runs.prefix(Self.leadWords - Self.shingleWidth + 1), limit: .max)
    body = SmallestHashes.of(runs[...], limit: Self.bodyLimit)
  }

  init(wordCount: Int, fingerprint: UInt64, lead: [UInt32], body: [UInt32]) {
    self.wordCount = wordCount
    self.fingerprint = fingerprint
    self.lead = lead
    self.body = body
  }

  /// Whether too little is left of the text to recognise it by.
  public var isTooShort: Bool { wordCount < NearDuplicateRule.fewestWords }
}
