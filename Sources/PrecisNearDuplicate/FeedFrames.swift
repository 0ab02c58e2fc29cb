/// The lines that a feed puts around its articles, learned from the feed itself: a line that three articles of one
/// document have is no article's text.
///
/// A line counts without letter case, surrounding white space and the value of its numbers.
public struct FeedFrames: Sendable {
  private var lines: Set<UInt64>
  /// Of lines that were learned here the beginnings, which most other lines do not have; nil where some are known by
  /// their hashes alone.
  private var heads: Set<UInt64>?

  /// Articles that must have a line before it is a frame's.
  public static let sharers = 3
  /// Longer lines are text, however often they come, in bytes.
  private static let longest = 2000
  /// Characters of a line, white space not counted, that are its beginning.
  private static let headLength = 16

  /// Lines that are known already, as ``lines(of:)`` gave them.
  public init(_ lines: some Sequence<UInt64> = []) {
    self.lines = Set(lines)
    heads = self.lines.isEmpty ? [] : nil
  }

  /// Adds the lines that several texts of one document have.
  ///
  /// - Returns: those that were not known before, in ascending order.
  public mutating func learn(from texts: [String]) -> [UInt64] {
    guard texts.count >= Self.sharers else { return [] }
    // Only lines that begin alike can be alike.
    let shared = Self.shared(by: texts) { Self.hash($0, upTo: Self.headLength) }
    guard !shared.isEmpty else { return [] }
    let new = Self.shared(by: texts) { line in
      Self.hash(line, upTo: Self.headLength).flatMap { shared.contains($0) ? Self.hash(line) : nil }
    }.filter { !lines.contains($0) }
    guard !new.isEmpty else { return [] }
    lines.formUnion(new)
    heads?.formUnion(shared)
    return new.sorted()
  }

  func contains(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !lines.isEmpty else { return false }
    if let heads {
      guard let head = Self.hash(line, upTo: Self.headLength), heads.contains(head) else { return false }
    }
    return Self.hash(line).map { lines.contains($0) } ?? false
  }

  /// What is the same for lines of enough texts.
  private static func shared(
    by texts: [String], _ hash: (UnsafeBufferPointer<UInt8>) -> UInt64?
  ) -> Set<UInt64> {
    var sharers: [UInt64: (count: Int, last: Int)] = [:]
    for (number, text) in texts.enumerated() {
      var text = text
      text.withUTF8 { utf8 in
        var start = 0
        while start < utf8.count {
          let end = utf8.lineEnd(from: start)
          let line = UnsafeBufferPointer(rebasing: utf8[start..<end])
          start = end + 1
          guard let hash = hash(line) else { continue }
          let known = sharers[hash]
          if known?.last != number { sharers[hash] = ((known?.count ?? 0) + 1, number) }
        }
      }
    }
    return Set(sharers.lazy.filter { $0.value.count >= Self.sharers }.map(\.key))
  }

  /// The hash of a line, or of its beginning; nil for lines that are blank or too long.
  private static func hash(_ line: UnsafeBufferPointer<UInt8>, upTo limit: Int = .max) -> UInt64? {
    guard line.count <= longest else { return nil }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var space = false
    var length = 0
    var isInNumber = false
    for byte in line {
      guard byte > 0x20 else {
        space = true
        continue
      }
      let isDigit = 0x30...0x39 ~= byte
      if isDigit, isInNumber, !space { continue }
      isInNumber = isDigit
      if space, length > 0 { hash = (hash ^ 0x20) &* 0x100_0000_01B3 }
      space = false
      let folded = isDigit ? 0x30 : 0x41...0x5A ~= byte ? byte | 0x20 : byte
      hash = (hash ^ UInt64(folded)) &* 0x100_0000_01B3
      length += 1
      if length == limit { break }
    }
    return length > 0 ? hash : nil
  }
}
