import PrecisModel

/// How well a source names the author.
enum AuthorRank {
  static let credit = 1
  static let publisher = 2
  /// The author of the feed that an entry was taken from (RFC 4287 section 4.2.11).
  static let source = 3
  static let itunes = 4
  static let mailAddress = 5
  static let creator = 6
  static let author = 7
}

/// People: Atom's person constructs, RSS's "mail (Name)", and the names of other vocabularies.
extension FeedReader {
  func startPerson(_ attributes: XMLAttributes, _ frame: inout Frame) {
    person = Article.Author()
    frame.context = .person
    frame.isCapturing = true
    if let name = attributes.value("name")?.trimmed.nonEmpty { person.name = name }
  }

  func startInPerson(_ frame: inout Frame) {
    switch frame.element {
    case .name, .email, .uri, .url, .link, .title: frame.isCapturing = true
    default: return
    }
  }

  func endInPerson(_ frame: Frame) {
    let text = plain(frame)
    switch frame.element {
    case .name, .title: person.name = person.name ?? text.nonEmpty
    case .email: person.email = person.email ?? text.nonEmpty
    case .uri, .url, .link:
      if !text.isEmpty { person.url = person.url ?? bases.resolve(text, at: frame.base) }
    case .author, .owner:
      if let plain = Person.read(text) {
        person.name = person.name ?? plain.name
        person.email = person.email ?? plain.email
        person.url = person.url ?? plain.url
      } else if let name = person.name, person.email == nil, name.utf8.contains(0x40),
        let plain = Person.read(name)
      {
        person.name = plain.name ?? name
        person.email = plain.email
      }
      commit(person, frame.element)
    default: return
    }
  }

  private func commit(_ person: Article.Author, _ element: Element) {
    guard person.name != nil || person.email != nil || person.url != nil else { return }
    var rank = person.name == nil ? AuthorRank.mailAddress : AuthorRank.author
    if element == .owner { rank = AuthorRank.publisher }
    if frames.last?.context == .source { rank = AuthorRank.source }
    add(person, rank: rank)
  }

  /// Takes the text of an element that names somebody.
  func takePerson(_ frame: Frame) {
    guard let person = Person.read(plain(frame)) else { return }
    switch frame.element {
    case .creator: add(person, rank: AuthorRank.creator)
    case .itunesAuthor: add(person, rank: AuthorRank.itunes)
    case .managingEditor: if !entry.isOpen { add(person, rank: AuthorRank.author) }
    case .publisher: if !entry.isOpen { add(person, rank: AuthorRank.publisher) }
    case .mediaCredit, .podcastPerson: if entry.isOpen { add(person, rank: AuthorRank.credit) }
    default: return
    }
  }

  private func add(_ person: Article.Author, rank: Int) {
    if entry.isOpen { entry.add(person, rank: rank) } else { feedDraft.add(person, rank: rank) }
  }
}

/// Reads people as RSS has them: `mail (Name)`, `Name <mail>`, a name, a mail address.
enum Person {
  static func read(_ text: String) -> Article.Author? {
    let text = text.collapsed
    guard !text.isEmpty, text.utf8.count < 1000 else { return nil }
    if text.isWebAddress, !text.utf8.contains(0x20) { return Article.Author(url: text) }
    guard text.utf8.contains(0x40) else { return Article.Author(name: text) }
    let separators: Set<Character> = [" ", "(", ")", "<", ">", "\"", ",", ";", "[", "]"]
    guard var mail = text.split(whereSeparator: { separators.contains($0) }).first(where: isMail) else {
      return Article.Author(name: text)
    }
    guard let range = text.range(ofASCII: String(mail)) else { return Article.Author(name: text) }
    var name = (String(text[..<range.lowerBound]) + " " + String(text[range.upperBound...])).collapsed
    // What the address stood in: `Name <mail>`, `Name (mail)`.
    for brackets in ["( )", "< >", "[ ]"] {
      if let empty = name.range(ofASCII: brackets) { name.removeSubrange(empty) }
    }
    name = name.collapsed
    let brackets: Set<Character> = ["(", ")", "<", ">", "\"", " ", ",", ";", "[", "]", ":"]
    while let first = name.first, brackets.contains(first) { name.removeFirst() }
    while let last = name.last, brackets.contains(last),
      !(last == ")" && name.count { $0 == "(" } >= name.count { $0 == ")" })
    {
      name.removeLast()
    }
    if mail.lowercased().hasPrefix("mailto:") { mail = mail.dropFirst(7) }
    if name.lowercased() == "mailto" { name = "" }
    return Article.Author(name: name.nonEmpty, email: String(mail))
  }

  private static func isMail(_ word: Substring) -> Bool {
    guard let at = word.firstIndex(of: "@"), at != word.startIndex else { return false }
    let domain = word[word.index(after: at)...]
    return !domain.isEmpty && !domain.contains("@")
  }
}

extension String {
  /// Trimmed, every run of white space one space.
  var collapsed: String {
    if utf8.isCollapsed { return self }
    return split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r" })
      .joined(separator: " ")
  }
}

extension Collection<UInt8> {
  /// Whether no white space but single spaces between words is in it.
  var isCollapsed: Bool {
    var previous: UInt8 = 0x20
    for byte in self {
      if byte < 0x20 || byte == 0x20 && previous == 0x20 { return false }
      previous = byte
    }
    return previous != 0x20
  }
}
