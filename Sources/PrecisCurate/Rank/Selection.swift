/// Picks sentences one by one: the best score less its likeness to those picked before (maximal marginal relevance).
struct Selection {
  private let document: Document
  private let terms: Terms
  private let rarity: [Double]
  /// The distinct stems of every sentence, and the length of their vector.
  private let stems: [[Int32]]
  private let norms: [Double]

  init(_ document: Document, _ terms: Terms, among candidates: [Int]) {
    self.document = document
    self.terms = terms
    let total = Double(max(document.sentences.count, 1))
    let rarity = terms.sentenceCounts.map { Logarithm.natural(1 + total / Double(max($0, 1))) }
    var stems = [[Int32]](repeating: [], count: document.sentences.count)
    var norms = [Double](repeating: 1, count: document.sentences.count)
    var seen = [Int32](repeating: -1, count: terms.counts.count)
    for index in candidates {
      var square = 0.0
      for token in document.tokens[document.sentences[index].tokens] {
        let stem = terms.stemOfWord[Int(token.word)]
        guard stem >= 0, seen[Int(stem)] != Int32(index) else { continue }
        seen[Int(stem)] = Int32(index)
        stems[index].append(stem)
        square += rarity[Int(stem)] * rarity[Int(stem)]
      }
      norms[index] = max(square.squareRoot(), 1e-9)
    }
    self.rarity = rarity
    self.stems = stems
    self.norms = norms
  }

  /// What a selection may hold.
  struct Budget {
    /// Once so many words are there, enough is there.
    var enough: Int
    /// No sentence is taken that would lead beyond this.
    var most: Int
    /// Most sentences.
    var sentences: Int
    /// With fewer sentences it goes on although enough words are there.
    var leastSentences = 1
    /// How much likeness to an earlier pick costs.
    var redundancy = 0.1
    /// A sentence this alike to an earlier pick is never taken.
    var sameness = 0.75
  }

  /// The picked sentences in the order of the text; one that leans on the sentence before it is picked after that only.
  func pick(
    from candidates: [Int], scores: [Double], words: [Int], budget: Budget,
    leans: (Int) -> Bool = { _ in false }
  ) -> [Int] {
    var left = candidates
    var likeness = [Double](repeating: 0, count: document.sentences.count)
    var isInPick = [Bool](repeating: false, count: terms.counts.count)
    var picked: [Int] = []
    var total = 0
    while picked.count < budget.sentences, total < budget.enough || picked.count < budget.leastSentences {
      var best = -1
      var bestScore = -Double.infinity
      for (place, index) in left.enumerated() {
        guard likeness[index] < budget.sameness, !leans(index) || followsPick(index, picked) else { continue }
        if !picked.isEmpty, total + words[index] > budget.most { continue }
        let score = scores[index] - budget.redundancy * likeness[index]
        if score > bestScore {
          best = place
          bestScore = score
        }
      }
      guard best >= 0 else { break }
      let index = left.remove(at: best)
      picked.append(index)
      total += words[index]
      for stem in stems[index] { isInPick[Int(stem)] = true }
      for other in left {
        var dot = 0.0
        for stem in stems[other] where isInPick[Int(stem)] {
          dot += rarity[Int(stem)] * rarity[Int(stem)]
        }
        likeness[other] = max(likeness[other], dot / (norms[index] * norms[other]))
      }
      for stem in stems[index] { isInPick[Int(stem)] = false }
    }
    return picked.sorted()
  }

  /// Whether the sentence before it in its paragraph is picked.
  private func followsPick(_ index: Int, _ picked: [Int]) -> Bool {
    index > 0 && document.sentences[index - 1].unit == document.sentences[index].unit
      && picked.contains(index - 1)
  }

  /// How alike two sentences are, 0 to 1.
  func likeness(_ first: Int, _ second: Int) -> Double {
    var dot = 0.0
    for stem in stems[first] where stems[second].contains(stem) {
      dot += rarity[Int(stem)] * rarity[Int(stem)]
    }
    return dot / (norms[first] * norms[second])
  }
}
