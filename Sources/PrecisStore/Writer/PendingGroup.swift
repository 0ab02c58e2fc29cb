/// What was appended since the last commit: found by its keys, and taken into the index once it is durable.
struct PendingGroup {
  /// A line that is not durable yet.
  struct Line {
    var head: EntryHead
    var location: LineLocation
  }

  private var lines: [Line] = []
  private var places = KeyTable()

  var isEmpty: Bool { lines.isEmpty }

  /// The newest line of the article with an identity key.
  func line(key: UInt64) -> Line? { places[key].map { lines[$0] } }

  /// Gives every line, in order, to `body`.
  func forEach(_ body: (Line) throws(StoreError) -> Void) throws(StoreError) {
    for index in lines.indices { try body(lines[index]) }
  }

  /// Takes in a line.
  mutating func add(_ line: Line) {
    let id = line.head.idHigh
    // A key belongs to the first article that claims it, as in the index.
    for key in line.head.keys { claim(key, for: id) }
    claim(id, for: id)
    lines.append(line)
  }

  private mutating func claim(_ key: UInt64, for id: UInt64) {
    if let held = places[key], lines[held].head.idHigh != id { return }
    places[key] = lines.count
  }

  /// Forgets everything.
  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    places.removeAll()
  }
}
