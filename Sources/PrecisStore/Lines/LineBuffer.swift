/// Lines on their way to the file. What is long is not copied: its owner is held until it is written.
struct LineBuffer {
  private var bytes: [UInt8] = []
  /// Members of articles that stand among the bytes, and at which offset of `bytes`.
  private var members: [(members: LineMembers, at: Int)] = []
  /// Bytes, those of the members included.
  private(set) var count = 0

  /// An empty buffer with room for so many bytes.
  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  var isEmpty: Bool { count == 0 }

  /// Bytes without those of the members.
  var shortBytes: Int { bytes.count }

  /// Adds bytes at the end.
  mutating func append(_ part: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: part)
    count += part.count
  }

  /// Adds bytes at the end.
  mutating func append(_ part: [UInt8]) {
    bytes.append(contentsOf: part)
    count += part.count
  }

  /// Adds an article's members at the end.
  mutating func append(membersOf article: PreparedArticle) {
    members.append((article.members, bytes.count))
    count += article.members.bytes.count
  }

  /// Forgets everything.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Gives the parts, in order, to `body`, for as long as it runs.
  func withParts<Value>(_ body: ([UnsafeRawBufferPointer]) -> Value) -> Value {
    bytes.withUnsafeBytes { bytes in
      var parts: [UnsafeRawBufferPointer] = []
      parts.reserveCapacity(2 * members.count + 1)
      var start = 0
      for (members, at) in members {
        parts.append(bytes.part(start..<at))
        parts.append(members.bytes)
        start = at
      }
      parts.append(bytes.part(start..<bytes.count))
      return withExtendedLifetime(members) { body(parts) }
    }
  }

  /// The bytes of a range; nil where it reaches past the end.
  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.upperBound <= count else { return nil }
    return withParts { parts in
      var found: [UInt8] = []
      found.reserveCapacity(range.count)
      var start = 0
      for part in parts {
        let (from, to) = (max(range.lowerBound - start, 0), min(range.upperBound - start, part.count))
        if from < to { found.append(contentsOf: part.part(from..<to)) }
        start += part.count
        if start >= range.upperBound { break }
      }
      return found
    }
  }
}
