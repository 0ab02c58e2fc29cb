/// The lines that a feed puts around its articles, learned from the feed itself: a line that three articles of one
/// document have is no article's text.
///
/// A line counts without letter case, surrounding white space and the value of its numbers.
public struct FeedFrames: Sendable {
  private var lines: Set<UInt64>

  /// Articles that must have a line before it is a frame's.
  public static let sharers = 3
  /// Longer lines are text, however often they come, in bytes.
  private static let longest = 2000

  /// Lines that are known already, as ``lines(of:)`` gave them.
  public init(_ lines: some Sequence<UInt64> = []) { self.lines = Set(lines) }

  /// Adds the lines that several texts of one document have.
  ///
  /// - Returns: those that were not known before, in ascending order.
  public mutating func learn(from texts: [String]) -> [UInt64] {
    guard texts.count >= Self.sharers else { return [] }
    var sharers: [UInt64: Int] = [:]
    for text in texts {
      for line in Set(Self.lines(of: text)) { sharers[line, default: 0] += 1 }
    }
    let new = sharers.filter { $0.value >= Self.sharers && !lines.contains($0.key) }.map(\.key).sorted()
    lines.formUnion(new)
    return new
  }

  func contains(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    !lines.isEmpty && Self.hash(line).map { lines.contains($0) } ?? false
  }

  private static func lines(of text: String) -> [UInt64] {
    var text = text
    return text.withUTF8 { utf8 in
      utf8.split(separator: 0x0A).compactMap { hash(UnsafeBufferPointer(rebasing: $0)) }
    }
  }

  /// nil for lines that are blank or too long.
  private static func hash(_ line: UnsafeBufferPointer<UInt8>) -> UInt64? {
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
    }
    return length > 0 ? hash : nil
  }
}
