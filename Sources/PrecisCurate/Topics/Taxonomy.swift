import PrecisModel

/// Files an article under fields of work, topics and roles by the terms that stand in it.
struct Taxonomy: Sendable {
  private struct Entry: Sendable {
    enum Target: Sendable {
      case field(Int)
      case topic(Int)
      case role(Int)
    }
    var target: Target
    var weight: Double
  }

  /// Only the plural: "founder" is not "found", "customers" are no "custom".
  private static let plurals = Stemmer(phases: ["ies>y:2 sses>ss:2 ss>ss:2 us>us:2 is>is:2 s>:3"])

  private let table: PhraseTable
  /// By phrase of the table: a term may speak for several targets.
  private let entries: [[Entry]]
  let fieldNames: [String]
  let topicNames: [String]
  let roles: [(name: String, fields: [Int])]

  init(_ configuration: CuratorConfiguration) {
    var phrases: [String] = []
    var numbers: [String: Int] = [:]
    var entries: [[Entry]] = []
    func add(_ term: String, _ target: Entry.Target, weight: Double) {
      if let number = numbers[term] {
        entries[number].append(Entry(target: target, weight: weight))
      } else {
        numbers[term] = phrases.count
        phrases.append(term)
        entries.append([Entry(target: target, weight: weight)])
      }
    }
    func split(_ list: String) -> [String] {
      list.split(separator: ",").map {
        $0.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ")
      }
    }
    var fieldNames: [String] = []
    for (name, list) in TaxonomyData.fields {
      for term in split(list) {
        let isStrong = term.hasPrefix("+")
        add(isStrong ? String(term.dropFirst()) : term, .field(fieldNames.count), weight: isStrong ? 1 : 0.3)
      }
      fieldNames.append(name)
    }
    for field in configuration.fields {
      for term in field.terms { add(term, .field(fieldNames.count), weight: 1) }
      fieldNames.append(field.name)
    }
    for (number, topic) in configuration.topics.enumerated() {
      for term in topic.terms { add(term, .topic(number), weight: 1) }
    }
    var roles: [(name: String, fields: [Int])] = []
    let configured = configuration.roles.map { ($0.name, $0.fields, $0.terms) }
    for (name, fields, terms) in configured
      + TaxonomyData.roles.map({ ($0.name, $0.fields, split($0.terms)) })
    {
      for term in terms { add(term, .role(roles.count), weight: 1) }
      roles.append((name, fields.compactMap { fieldNames.firstIndex(of: $0) }))
    }
    table = PhraseTable(phrases, stemmer: Self.plurals)
    self.entries = entries
    self.fieldNames = fieldNames
    topicNames = configuration.topics.map(\.name)
    self.roles = roles
  }

  /// How strongly a text speaks for each target, and where it does so first.
  struct Evidence {
    var fields: [(score: Double, quotes: [Article.Provenance.Quote])]
    var topics: [(score: Double, quotes: [Article.Provenance.Quote])]
    var roles: [(score: Double, quotes: [Article.Provenance.Quote])]
  }

  /// Reads the text's prose and headings, not its boilerplate.
  func evidence(_ reading: Reading) -> Evidence {
    let document = reading.document
    let numbers = table.lookUp(document.vocabulary)
    var counts = [Int32](repeating: 0, count: entries.count)
    var order: [(phrase: Int, tokens: Range<Int>)] = []
    for (index, sentence) in document.sentences.enumerated() where !reading.boilerplate.sentences[index] {
      table.matches(in: document.tokens, sentence.tokens, numbers: numbers) { match in
        if counts[match.phrase] == 0 { order.append((match.phrase, match.tokens)) }
        counts[match.phrase] += 1
      }
    }
    var evidence = Evidence(
      fields: fieldNames.map { _ in (0, []) }, topics: topicNames.map { _ in (0, []) },
      roles: roles.map { _ in (0, []) })
    for (phrase, tokens) in order {
      // The tenth mention says little that the first few did not.
      let strength = Logarithm.natural(1 + Double(counts[phrase]))
      for entry in entries[phrase] {
        let start = Int(document.tokens[tokens.lowerBound].start)
        let end = Int(document.tokens[tokens.upperBound - 1].end)
        let quote = Article.Provenance.Quote(offset: start, text: document.verbatim(start..<end))
        switch entry.target {
        case .field(let number): Self.add(&evidence.fields[number], entry.weight * strength, quote)
        case .topic(let number): Self.add(&evidence.topics[number], entry.weight * strength, quote)
        case .role(let number): Self.add(&evidence.roles[number], entry.weight * strength, quote)
        }
      }
    }
    return evidence
  }

  private static func add(
    _ target: inout (score: Double, quotes: [Article.Provenance.Quote]), _ score: Double,
    _ quote: Article.Provenance.Quote
  ) {
    target.score += score
    if target.quotes.count < 3 { target.quotes.append(quote) }
  }
}
