/// Finds the name that a misspelt one was meant to be.
enum NearestName {
  /// The candidate with the fewest edits from `name`, at most a third of its last part; nil where none is so near.
  ///
  /// A key that is right but for its table counts as one edit. Of equal distances the first wins.
  static func of(_ name: String, among candidates: [String]) -> String? {
    let leaf = lastPart(name)
    let limit = max(1, leaf.utf8.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let edits = leaf == lastPart(candidate) ? 1 : distance(name, candidate)
      if edits <= limit, edits < best?.distance ?? Int.max { best = (candidate, edits) }
    }
    return best?.name
  }

  private static func lastPart(_ key: String) -> Substring {
    key.split(separator: ".").last ?? ""
  }

  /// Edits from one name to another: insertions, deletions, substitutions and swaps of neighbours, each one.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8.prefix(100))
    let b = Array(right.utf8.prefix(100))
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
