/// Decides on two sketches; symmetric, and a function of the two alone.
enum NearDuplicateRule {
  /// Texts of fewer words are never recognised by their text: a feed may give all its entries one short line.
  static let fewestWords = 16
  /// The share of the smaller text's runs that the larger must have, where the two are of like length.
  static let likeLength = 0.6
  /// The share of the first runs that must be common then: text that another quotes does not stand at its beginning.
  static let likeLead = 0.3
  /// From this share on the beginnings may differ.
  static let sureShare = 0.9
  /// The same as `likeLength` for an excerpt of a longer text.
  static let excerpt = 0.7
  /// The share of an excerpt's first runs that must stand at the beginning of the longer text too: an excerpt begins
  /// where the article begins, a quotation does not.
  static let excerptLead = 0.5
  /// The same where the excerpt is so short that its lead is all the evidence.
  static let teaserLead = 0.8

  /// How alike two texts are, 0 to 1; at least `threshold` for near-duplicates.
  static func score(_ a: Sketch, _ b: Sketch) -> Double {
    guard a.wordCount >= fewestWords, b.wordCount >= fewestWords else { return 0 }
    if a.fingerprint == b.fingerprint, a.wordCount == b.wordCount { return 1 }
    let (small, large) = a.wordCount <= b.wordCount ? (a, b) : (b, a)
    let sample = overlap(small.body, large.body)
    let share = sample.count == 0 ? 0 : Double(sample.shared) / Double(sample.count)
    let isLikeLength = small.wordCount * 10 >= large.wordCount * 6
    let lead = leadShare(small.lead, large.lead)
    if isLikeLength, small.wordCount >= 60 {
      return share >= likeLength && (lead >= likeLead || share >= sureShare) ? scaled(share) : 0
    }
    if sample.count >= 12 {
      return share >= excerpt && lead >= excerptLead ? scaled(min(share, 0.99)) : 0
    }
    return lead >= teaserLead ? scaled(min(lead, 0.98)) : 0
  }

  /// A share above its bar, mapped onto 0.5 to 1.
  private static func scaled(_ share: Double) -> Double { 0.5 + share / 2 }

  /// How many of the smaller text's runs are sampled by the rule of both bodies, and how many the other has.
  static func overlap(_ small: [UInt32], _ large: [UInt32]) -> (shared: Int, count: Int) {
    let bound = min(bound(of: small), bound(of: large))
    var shared = 0
    var count = 0
    var other = 0
    for hash in small {
      guard hash <= bound else { break }
      count += 1
      while other < large.count, large[other] < hash { other += 1 }
      if other < large.count, large[other] == hash { shared += 1 }
    }
    return (shared, count)
  }

  /// The largest hash up to which a body is complete.
  private static func bound(of body: [UInt32]) -> UInt32 {
    body.count < Sketch.bodyLimit ? .max : body[body.count - 1]
  }

  private static func leadShare(_ small: [UInt32], _ large: [UInt32]) -> Double {
    guard !small.isEmpty else { return 0 }
    var shared = 0
    var other = 0
    for hash in small {
      while other < large.count, large[other] < hash { other += 1 }
      if other < large.count, large[other] == hash { shared += 1 }
    }
    return Double(shared) / Double(small.count)
  }
}

extension Sketch {
  /// The share of the smaller text's runs of five words that the larger has, 0 to 1, as sampled.
  public func containment(with other: Sketch) -> Double {
    let (small, large) = wordCount <= other.wordCount ? (self, other) : (other, self)
    let sample = NearDuplicateRule.overlap(small.body, large.body)
    return sample.count == 0 ? 0 : Double(sample.shared) / Double(sample.count)
  }

  /// How alike two texts are: 1 for the same words, 0.5 to 1 for near-duplicates, 0 for others.
  public func similarity(with other: Sketch) -> Double { NearDuplicateRule.score(self, other) }

  /// Whether two texts are one article: the same, edited, republished in another frame, or cut short.
  public static func isNearDuplicate(_ a: Sketch, _ b: Sketch) -> Bool { NearDuplicateRule.score(a, b) > 0 }
}
