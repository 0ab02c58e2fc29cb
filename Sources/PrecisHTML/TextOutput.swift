/// Gathers the text of a document: white space folded, blocks apart.
struct TextOutput {
  private(set) var bytes: [UInt8] = []
  private var gap = Gap.none
  /// Whether white space stays as it is.
  var isPreformatted = false

  /// What must stand before the next word.
  enum Gap: Int {
    case none, space, line, block
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    gap = .none
    isPreformatted = false
  }

  /// How many bytes the next word's offset would be.
  var nextOffset: Int {
    bytes.isEmpty ? 0 : bytes.count + (gap == .none ? 0 : gap == .block ? 2 : 1)
  }

  mutating func open(_ gap: Gap) {
    if gap.rawValue > self.gap.rawValue { self.gap = gap }
  }

  private mutating func fill() {
    defer { gap = .none }
    guard !bytes.isEmpty else { return }
    switch gap {
    case .none: break
    case .space: bytes.append(0x20)
    case .line: bytes.append(0x0A)
    case .block:
      bytes.append(0x0A)
      bytes.append(0x0A)
    }
  }

  /// Adds characters that hold no markup and no control characters but white space.
  mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
    if isPreformatted { return appendVerbatim(run) }
    var at = 0
    let count = run.count
    while at < count {
      while at < count, Self.isSpace(run[at]) {
        open(.space)
        at += 1
      }
      guard at < count else { return }
      let start = at
      // One space between words is copied with them.
      while at < count {
        if Self.isSpace(run[at]) {
          guard run[at] == 0x20, at + 1 < count, !Self.isSpace(run[at + 1]) else { break }
        }
        at += 1
      }
      fill()
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: run[start..<at]))
    }
  }

  private mutating func appendVerbatim(_ run: UnsafeBufferPointer<UInt8>) {
    // White space before the first word of the block is held back, so that no block begins with blank lines.
    guard run.contains(where: { !Self.isSpace($0) }) || gap == .none else { return }
    fill()
    bytes.append(contentsOf: run)
  }

  /// Takes white space from the end, after preformatted text.
  mutating func trim() {
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
}
