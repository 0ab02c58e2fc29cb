/// What was appended since the last commit: found by its keys, and taken into the index once it is durable.
struct PendingGroup {
  /// A line that is not durable yet.
  struct Line {
    var head: EntryHead
    var keys: [UInt64]
    var location: LineLocation
  }

  private(set) var lines: [Line] = []
  private var byKey: [UInt64: Int] = [:]

  var isEmpty: Bool { lines.isEmpty }

  /// The newest line of the article with an identity key.
  func line(key: UInt64) -> Line? { byKey[key].map { lines[$0] } }

  /// Takes in a line.
  mutating func add(_ line: Line) {
    let id = line.head.idHigh
    // A key belongs to the first article that claims it, as in the index.
    for key in line.keys + [id] {
      if let held = byKey[key], lines[held].head.idHigh != id { continue }
      byKey[key] = lines.count
    }
    lines.append(line)
  }

  /// Forgets everything.
  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    byKey.removeAll(keepingCapacity: true)
  }
}
