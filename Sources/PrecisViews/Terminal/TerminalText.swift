/// Text of strangers made fit for a terminal, and measured in its columns.
///
/// Titles and summaries come from the network: an escape sequence in one could rename the window, hide a line or
/// answer a question; an override of direction could make an address read as another.
public enum TerminalText {
  /// One line: escape sequences, control characters, direction overrides and invisible marks removed, every run of
  /// white space and line breaks one space, none at the ends. Linear in length.
  public static func clean(_ text: String) -> String {
    if isPlainASCII(text) { return text }
    var out = String.UnicodeScalarView()
    var pendingSpace = false
    var escape = EscapeState.none
    for scalar in text.unicodeScalars {
      if escape.consumes(scalar) { continue }
      if isSpace(scalar) {
        pendingSpace = true
      } else if isShown(scalar) {
        if pendingSpace, !out.isEmpty { out.append(" ") }
        pendingSpace = false
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// Several lines: as ``clean(_:)``, but line feeds stay, at most two in a row.
  public static func cleanParagraphs(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = clean(String(line))
      if line.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(line)
    }
    if lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Nothing to remove and no spaces to fold: the usual title, without a copy.
  private static func isPlainASCII(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      guard 0x20..<0x7F ~= byte, byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return last != 0x20
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: false  // C0, DEL, C1
    case 0x00AD, 0x034F, 0x180E, 0x200B, 0x2060...0x2064, 0xFEFF: false  // invisible
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: false  // direction
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F, 0xE000...0xF8FF: false  // annotations, tags, private use
    case 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}

extension TerminalText {
  /// How far an escape sequence (ECMA-48 section 5.4, with xterm's string sequences) has been read.
  private enum EscapeState {
    case none
    case escaped
    case control
    case string(wasEscape: Bool)

    /// Whether the scalar belongs to a sequence; moves on to the next state.
    ///
    /// A line feed ends any sequence, so that an unfinished one cannot swallow the rest of a text.
    mutating func consumes(_ scalar: Unicode.Scalar) -> Bool {
      switch (self, scalar.value) {
      case (.none, 0x1B): self = .escaped
      case (.none, 0x9B): self = .control
      case (.none, 0x90), (.none, 0x98), (.none, 0x9D), (.none, 0x9E), (.none, 0x9F):
        self = .string(wasEscape: false)
      case (.none, _): return false
      case (_, 0x0A):
        self = .none
        return false
      case (.escaped, 0x5B): self = .control
      case (.escaped, 0x50), (.escaped, 0x58), (.escaped, 0x5D), (.escaped, 0x5E), (.escaped, 0x5F):
        self = .string(wasEscape: false)
      case (.escaped, 0x20...0x2F): break
      case (.escaped, 0x30...0x7E): self = .none
      case (.escaped, _), (.control, 0x00...0x1F), (.control, 0x80...):
        self = .none
        return false
      case (.control, 0x40...0x7E): self = .none
      case (.control, _): break
      case (.string, 0x07), (.string, 0x9C): self = .none
      case (.string(wasEscape: true), 0x5C): self = .none
      case (.string, let value): self = .string(wasEscape: value == 0x1B)
      }
      return true
    }
  }
}
