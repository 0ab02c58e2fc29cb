/// Gathers the text of a document: white space folded, blocks apart.
struct TextOutput {
  private(set) var bytes: [UInt8] = []
  private var gap = Gap.none
  /// White space of preformatted text before its first word.
  private var held: [UInt8] = []
  /// Whether white space stays as it is.
  var isPreformatted = false

  /// What must stand before the next word.
  enum Gap: Int {
    case none, space, line, block
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    gap = .none
    held.removeAll(keepingCapacity: true)
    isPreformatted = false
  }

  /// How many bytes the next word's offset would be.
  var nextOffset: Int {
    bytes.isEmpty ? 0 : bytes.count + (gap == .none ? 0 : gap == .block ? 2 : 1)
  }

  mutating func open(_ gap: Gap) {
    if gap.rawValue >= Gap.line.rawValue { held.removeAll(keepingCapacity: true) }
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
      at = ByteScan.endOfFolded(run, at)
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
    // White space before the first word of the block is held back, so that no block begins with blank lines;
    // the indentation of its first line stays.
    guard bytes.isEmpty || gap != .none else { return bytes.append(contentsOf: run) }
    guard let first = run.firstIndex(where: { !Self.isSpace($0) }) else {
      return held.append(contentsOf: run)
    }
    held.append(contentsOf: run[..<first])
    fill()
    bytes.append(contentsOf: held[((held.lastIndex(of: 0x0A) ?? -1) + 1)...])
    held.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: run[first...])
  }

  /// Takes white space from the end, after preformatted text.
  mutating func trim() {
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
}
