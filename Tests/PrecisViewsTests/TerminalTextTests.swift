import Testing

@testable import PrecisViews

@Suite struct TerminalTextTests {
  @Test(
    "what could harm a terminal or a reader is removed, the text stays",
    arguments: [
      ("plain text", "plain text"), ("", ""), ("  a   b ", "a b"), ("a\r\n\tb", "a b"),
      ("a\u{1B}[31mred\u{1B}[0m", "ared"), ("a\u{1B}]8;;https://x\u{1B}\\link\u{1B}]8;;\u{7}", "alink"),
      ("a\u{9B}2Jb", "ab"), ("a\u{1B}P1$r\u{9C}b", "ab"), ("a\u{1B}(0b", "ab"), ("a\u{1B}cb", "ab"),
      ("a\u{1B}[31", "a"), ("a\u{1B}]0;title\nb", "a b"), ("\u{1B}", ""), ("a\u{7}\u{8}\u{0}b", "ab"),
      ("moc.\u{202E}example", "moc.example"), ("a\u{2066}b\u{2069}", "ab"), ("a\u{200B}b\u{FEFF}", "ab"),
      ("caf\u{E9} 日本語 👩‍💻", "café 日本語 👩‍💻"), ("a\u{A0}b\u{2028}c", "a b c"), ("x\u{E0041}y", "xy"),
      ("a\u{1B}[1\u{80}b", "ab"), ("a\u{85}b", "a b"),
    ])
  func clean(text: String, expected: String) {
    #expect(TerminalText.clean(text) == expected)
  }

  @Test("cleaning twice is cleaning once")
  func idempotent() {
    for text in ["a\u{1B}\u{1B}[m[31mx", "\u{1B}]\u{1B}[\u{1B}]a\nb", "\u{9D}\u{9B}x\u{7}"] {
      let once = TerminalText.clean(text)
      #expect(TerminalText.clean(once) == once)
    }
  }

  @Test("paragraphs keep their line breaks")
  func paragraphs() {
    #expect(TerminalText.cleanParagraphs("\na  b\u{1B}[0m\n\n\n\nc\n\n") == "a b\n\nc")
  }

  @Test(
    "widths are those of a terminal",
    arguments: [
      ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한글", 4), ("👍", 2), ("👩‍💻", 2),
      ("🇩🇪", 2), ("❤️", 2), ("ｆｕｌｌ", 8), ("ǅ", 1), ("…", 1),
    ])
  func width(text: String, columns: Int) {
    #expect(TerminalText.width(text) == columns)
  }

  @Test(
    "a text is cut by columns, with an ellipsis",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 0, ""),
      ("ab cdef", 4, "ab…"), ("abc", 1, "…"),
    ])
  func truncate(text: String, columns: Int, expected: String) {
    #expect(TerminalText.truncate(text, columns: columns) == expected)
  }

  @Test("a text is filled to its column, on either side")
  func fit() {
    #expect(TerminalText.fit("日", columns: 4) == "日  ")
    #expect(TerminalText.fit("12", columns: 4, alignment: .right) == "  12")
    #expect(TerminalText.fit("12345", columns: 4, alignment: .right) == "123…")
  }

  @Test("words wider than a line stand alone, uncut")
  func wrap() {
    #expect(
      TerminalText.wrap("a https://example.org/long b", columns: 6) == ["a", "https://example.org/long", "b"])
    #expect(TerminalText.wrap("", columns: 6) == [""])
    #expect(TerminalText.wrap("aa bb cc", columns: 5) == ["aa bb", "cc"])
  }
}
