/// What was appended since the last commit: found by its keys, and taken into the index once it is durable.
struct PendingGroup {
  /// A line that is not durable yet.
  struct Line {
    var head: EntryHead
    var location: LineLocation
  }

  private var lines: [Line] = []
  private var places = KeyTable()
  /// Identity keys of the lines.
  private(set) var keyCount = 0

  var isEmpty: Bool { lines.isEmpty }

  /// The newest line of the article with an identity key.
  func line(key: UInt64) -> Line? { places[key].map { lines[$0] } }

  var count: Int { lines.count }

  /// Gives every line from a number on, in order, to `body`.
  func forEach(from first: Int = 0, _ body: (Line) throws(StoreError) -> Void) throws(StoreError) {
    for index in first..<lines.count { try body(lines[index]) }
  }

  /// Gives the lines, in order, to `body`, as long as it answers true.
  func forEach(while body: (Line) -> Bool) {
    for index in lines.indices {
      if !body(lines[index]) { return }
    }
  }

  /// Takes in a line.
  mutating func add(_ line: Line) {
    let id = line.head.idHigh
    // A key belongs to the first article that claims it, as in the index.
    for key in line.head.keys { claim(key, for: id) }
    claim(id, for: id)
    lines.append(line)
    keyCount += line.head.keys.count
  }

  private mutating func claim(_ key: UInt64, for id: UInt64) {
    if let held = places[key], lines[held].head.idHigh != id { return }
    places[key] = lines.count
  }

  /// Forgets everything.
  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    places.removeAll()
    keyCount = 0
  }
}
