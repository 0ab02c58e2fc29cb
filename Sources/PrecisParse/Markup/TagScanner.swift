/// Finds where a tag ends, across pieces of input, quotes and missing quotes considered.
struct TagScanner {
  enum Result {
    /// The tag ends before this index.
    case end(Int)
    /// Another `<` comes first: what began here is text.
    case text
    case needsMore
    /// The document ends in it, or it passes a limit.
    case ended
  }

  private enum State { case between, beforeValue, doubleQuoted, singleQuoted, unquoted }

  private var state = State.between
  private var at = 0
  /// The first `>` inside the current quoted value: where the tag ends should the closing quote be missing.
  private var greater: Int?

  /// Whether nothing of the tag was looked at yet.
  var isNew: Bool { at == 0 }

  /// Goes on with the tag that begins at `start` of `p`; the offsets it remembers are relative to `start`.
  mutating func scan(_ p: UnsafePointer<UInt8>, from start: Int, to n: Int) -> Result {
    var index = start + max(at, 1)
    while index < n {
      let byte = p[index]
      switch state {
      case .between:
        // Most bytes of a tag are names and spaces.
        while p[index] < 0x3C || p[index] > 0x3E {
          index += 1
          if index == n { break }
        }
        guard index < n else { continue }
        let byte = p[index]
        if byte == 0x3E { return .end(index + 1) }
        if byte == 0x3C { return .text }
        if byte == 0x3D { state = .beforeValue }
      case .beforeValue:
        switch byte {
        case 0x20, 0x09, 0x0A: break
        case 0x22: state = .doubleQuoted
        case 0x27: state = .singleQuoted
        case 0x3E: return .end(index + 1)
        default: state = .unquoted
        }
        greater = nil
      case .doubleQuoted, .singleQuoted:
        let quote: UInt8 = state == .doubleQuoted ? 0x22 : 0x27
        while index < n, p[index] != quote, p[index] != 0x3C, p[index] != 0x3E { index += 1 }
        guard index < n else { continue }
        if p[index] == quote {
          state = .between
        } else if p[index] == 0x3E {
          greater = greater ?? index - start
        } else if let greater {
          // XML forbids `<` in a value, so after a `>` it shows that the quote was never closed.
          return .end(start + greater + 1)
        }
      case .unquoted:
        if byte == 0x3E { return .end(index + 1) }
        if byte == 0x20 || byte == 0x09 || byte == 0x0A { state = .between }
      }
      index += 1
    }
    at = n - start
    return .needsMore
  }

  /// Where the tag would end if the document ended here.
  func endAtEOF(from start: Int) -> Int? { greater.map { start + $0 + 1 } }
}
