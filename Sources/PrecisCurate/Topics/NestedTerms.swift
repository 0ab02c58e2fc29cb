/// The terms that stand inside longer ones.
enum NestedTerms {
  /// A part of longer terms that can be one itself, and where it first stands.
  struct Part {
    var key: [Int32]
    var run: Range<Int>
    var sentence: Int
  }

  private struct Holders {
    var count: Int
    /// A term that holds the part, by number, and where in it the part begins.
    var number: Int
    var start: Int
  }

  /// What several longer terms have in common and nowhere stands alone: "diffusion model" of "latent diffusion model"
  /// and "diffusion model training"; of a term that ends with a general word also what comes before it: "deep learning"
  /// of "deep learning technique".
  static func shared(
    _ keys: [[Int32]], _ numbers: [[Int32]: Int], _ gathered: [TermGathering.Item], _ finder: PhraseFinder
  ) -> [Part] {
    var holders: [[Int32]: Holders] = [:]
    var order: [[Int32]] = []
    for (number, key) in keys.enumerated() where key.count > 2 {
      let whole = gathered[number].first
      // A name is not cut: "San Francisco Bay", "University of Kabul".
      guard !finder.isOfCapitals(whole) else { continue }
      for length in 2..<key.count {
        for start in 0...(key.count - length) {
          let part = Array(key[start..<start + length])
          if holders[part] != nil {
            holders[part]?.count += 1
          } else if numbers[part] == nil, finder.stands(whole.lowerBound + start, length, in: whole) {
            holders[part] = Holders(count: 1, number: number, start: start)
            order.append(part)
          }
        }
      }
    }
    return order.compactMap { key in
      guard let part = holders[key] else { return nil }
      let whole = keys[part.number]
      let end = part.start + key.count
      let first = gathered[part.number].first.lowerBound + part.start
      let run = first..<first + key.count
      if part.count == 1 {
        guard part.start == 0, end == whole.count - 1, finder.isGeneral(run.upperBound) else { return nil }
      } else {
        // "day snacks" where all have "game day snacks"
        let wider = [
          part.start > 0 ? Array(whole[(part.start - 1)..<end]) : [],
          end < whole.count ? Array(whole[part.start...end]) : [],
        ]
        guard !wider.contains(where: { (holders[$0]?.count ?? 0) == part.count }) else { return nil }
      }
      return Part(key: key, run: run, sentence: gathered[part.number].firstSentence)
    }
  }

  /// By the number of a term, how often it stands inside longer ones: "gel electrophoresis" in "capillary gel
  /// electrophoresis".
  static func counts(
    _ keys: [[Int32]], _ numbers: [[Int32]: Int], _ gathered: [TermGathering.Item]
  ) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for (number, key) in keys.enumerated() where key.count > 1 {
      for length in 1..<key.count {
        for start in 0...(key.count - length) {
          guard let inner = numbers[Array(key[start..<start + length])] else { continue }
          counts[inner, default: 0] += gathered[number].count
        }
      }
    }
    return counts
  }
}
