/// What a person typed to search for: words that must all occur, `"phrases"`, `prefix*`, and `-unwanted` words.
///
/// Every text is a query; nothing in it is taken for the engine's own syntax.
struct SearchQuery: Equatable {
  /// A word or phrase.
  struct Term: Equatable {
    var text: String
    var isPrefix: Bool
  }

  private(set) var wanted: [Term] = []
  private(set) var unwanted: [Term] = []

  init(_ text: String) {
    var rest = text.prefix(1000)[...]
    while let first = rest.first, wanted.count + unwanted.count < 32 {
      if first.isWhitespace {
        rest.removeFirst()
        continue
      }
      let isUnwanted = first == "-"
      if isUnwanted { rest.removeFirst() }
      let word: Substring
      if rest.first == "\"" {
        rest.removeFirst()
        word = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(word.count + 1)
      } else {
        word = rest.prefix { !$0.isWhitespace }
        rest = rest.dropFirst(word.count)
      }
      let isPrefix = word.hasSuffix("*")
      let term = Term(text: word.filter { $0 != "\"" && $0 != "*" && $0 != "\0" }, isPrefix: isPrefix)
      guard term.text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
      if isUnwanted { unwanted.append(term) } else { wanted.append(term) }
    }
  }

  /// The query in FTS5's syntax; nil where there is no wanted word.
  var fts: String? {
    guard !wanted.isEmpty else { return nil }
    var query = wanted.map(\.fts).joined(separator: " AND ")
    for term in unwanted { query = "(\(query)) NOT \(term.fts)" }
    return query
  }

  /// Whether a text (folded by ``fold(_:)``) has all wanted words and no unwanted one: for what is not indexed yet.
  func matches(_ folded: [UInt8]) -> Bool {
    wanted.allSatisfy { Self.find(Self.fold($0.text), in: folded, from: 0) != nil }
      && !unwanted.contains { Self.find(Self.fold($0.text), in: folded, from: 0) != nil }
  }

  /// The part of a text around the first wanted word, on one line, at most about 200 bytes long.
  func snippet(_ text: String) -> String {
    let bytes = Array(text.utf8.prefix(1 << 20))
    let folded = Self.fold(bytes)
    let hit = wanted.lazy.compactMap { Self.find(Self.fold($0.text), in: folded, from: 0) }.min() ?? 0
    var start = max(0, hit - 80)
    while start > 0, start < hit, bytes[start - 1] != 0x20, bytes[start - 1] != 0x0A { start += 1 }
    var end = min(bytes.count, hit + 120)
    while end > hit, end < bytes.count, bytes[end] != 0x20, bytes[end] != 0x0A { end -= 1 }
    if end == hit { end = min(bytes.count, hit + 120) }
    let words = String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return (start > 0 ? "…" : "") + words + (end < bytes.count ? "…" : "")
  }

  /// UTF-8 with ASCII letters in lower case; offsets stay those of the text.
  static func fold(_ text: String) -> [UInt8] { fold(Array(text.utf8)) }

  private static func fold(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
  }

  /// Where `needle` begins a word of `hay`; nil where it does not.
  private static func find(_ needle: [UInt8], in hay: [UInt8], from: Int) -> Int? {
    guard let first = needle.first, hay.count >= needle.count else { return nil }
    var at = from
    while at <= hay.count - needle.count {
      if hay[at] == first, at == 0 || !isWordByte(hay[at - 1]),
        hay[at..<(at + needle.count)].elementsEqual(needle)
      {
        return at
      }
      at += 1
    }
    return nil
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || 0x30...0x39 ~= byte || 0x61...0x7A ~= byte
  }
}

extension SearchQuery.Term {
  fileprivate var fts: String { "\"\(text)\"" + (isPrefix ? " *" : "") }
}
