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
    var text = text
    self = text.withUTF8 { utf8 in
      FrameLines.removed(from: utf8) { line in frames?.contains(line) ?? false }
        .withUnsafeBufferPointer { Sketch(words: WordHashes($0).hashes) }
    }
  }

  private init(words: [UInt64]) {
    let words = words.prefix(Self.wordLimit)
    wordCount = words.count
    fingerprint = words.reduce(0x1234_5678_9ABC_DEF1) { ($0 ^ $1) &* 0xBF58_476D_1CE4_E5B9 ^ ($0 >> 31) }
    let runs = WordHashes.shingles(words, width: Self.shingleWidth)
    lead = Self.distinct(Array(runs.prefix(Self.leadWords - Self.shingleWidth + 1)))
    body = Self.smallest(runs)
  }

  private static func distinct(_ hashes: [UInt32]) -> [UInt32] {
    var hashes = hashes
    HashSort.ascending(&hashes)
    var kept = 0
    for at in hashes.indices where kept == 0 || hashes[at] != hashes[kept - 1] {
      hashes[kept] = hashes[at]
      kept += 1
    }
    hashes.removeLast(hashes.count - kept)
    return hashes
  }

  /// The smallest distinct hashes: of a longer text those below a bound that all but surely leaves enough, to sort fewer.
  private static func smallest(_ hashes: [UInt32]) -> [UInt32] {
    if hashes.count > bodyLimit * 3 {
      let bound = UInt32(UInt64(UInt32.max) * UInt64(bodyLimit * 2) / UInt64(hashes.count))
      let few = distinct(hashes.filter { $0 <= bound })
      // Repeated text has fewer distinct runs than runs.
      if few.count >= bodyLimit { return Array(few.prefix(bodyLimit)) }
    }
    return Array(distinct(hashes).prefix(bodyLimit))
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
