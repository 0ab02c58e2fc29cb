import PrecisCurate
import PrecisModel
import Testing

@Test("of what is no text nothing is told")
func noise() {
  let bytes = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ $0 / 7) }
  let noise = String(decoding: bytes, as: UTF8.self)
  let curated = Curator().curate(CuratorInput(title: "", text: noise))
  #expect(curated.topics.isEmpty && curated.summary == nil && curated.keyInsights.isEmpty)
}

@Test("an empty article yields nothing")
func emptyArticle() {
  #expect(Curator().curate(CuratorInput(title: "", text: "")) == Curated())
}

@Test(
  "every quote stands at its offset, and every curated sentence is made of its quotes",
  arguments: 0..<Fixtures.all.count)
func groundedness(number: Int) {
  let text = Fixtures.all[number].text
  let result = curated(text)
  let bytes = Array(text.utf8)
  #expect(result.summary != nil)
  for (key, provenance) in result.provenance {
    for quote in provenance.quotes {
      let end = quote.offset + quote.text.utf8.count
      #expect(
        end <= bytes.count && String(decoding: bytes[quote.offset..<end], as: UTF8.self) == quote.text,
        "\(key)")
    }
  }
  func expect(_ value: String?, _ key: String) {
    guard let value else { return }
    let quotes = result.provenance[key]?.quotes ?? []
    #expect(value == quotes.map { folded($0.text) }.joined(separator: " "), "\(key)")
  }
  expect(result.summary, "summary")
  expect(result.keyTakeaway, "key_takeaway")
  expect(result.method, "method")
  for (key, list) in [
    ("key_insights", result.keyInsights), ("principles", result.principles),
    ("in_practice", result.inPractice),
  ] {
    #expect(list == (result.provenance[key]?.quotes ?? []).map { folded($0.text) }, "\(key)")
  }
}

@Test("sections keep their lengths")
func lengths() {
  let result = curated(Fixtures.queues)
  let total = words(Fixtures.queues)
  let summary = words(result.summary ?? "")
  #expect((90...170).contains(summary) && summary * 5 <= total * 2)
  #expect((50...80).contains(words(result.keyTakeaway ?? "")))
  #expect((1...3).contains(result.keyInsights.count) && result.keyInsights.allSatisfy { words($0) <= 25 })
  #expect((2...4).contains(result.principles.count) && result.principles.allSatisfy { words($0) <= 12 })
  #expect((2...5).contains(result.inPractice.count) && result.inPractice.allSatisfy { words($0) <= 14 })
  #expect(words(result.method ?? "") <= 35)
  #expect((3...8).contains(result.topics.count) && result.topics.allSatisfy { words($0) <= 5 })
  #expect(result.bestFor.count <= 6)
}

@Test("sponsors, prompts and share rows appear nowhere")
func boilerplate() {
  for (_, text) in Fixtures.all {
    let result = curated(text)
    var fields = result.keyInsights + result.principles + result.inPractice + result.topics
    fields += [result.summary, result.keyTakeaway, result.method].compactMap { $0 }
    for field in fields {
      for phrase in [
        "ubscribe", "ponsor", "QUEUE20", "Acme", "Share this", "Facebook", "Newsletter", "newsletter",
      ] {
        #expect(!field.contains(phrase), "\(phrase) in \(field)")
      }
    }
  }
}

@Test("the same input gives the same model")
func determinism() {
  for (_, text) in Fixtures.all {
    #expect(curated(text) == curated(text))
  }
}

@Test("hostile input ends, and claims nothing that it does not hold", arguments: 0..<Fixtures.hostile.count)
func hostile(number: Int) {
  let text = Fixtures.hostile[number].text
  let result = curated(text)
  let bytes = Array(text.utf8)
  for (_, provenance) in result.provenance {
    for quote in provenance.quotes {
      let end = quote.offset + quote.text.utf8.count
      #expect(quote.offset >= 0 && end <= bytes.count)
      #expect(Array(quote.text.utf8) == Array(bytes[quote.offset..<min(end, bytes.count)]))
    }
  }
  #expect(result.keyInsights.allSatisfy { words($0) <= 25 })
}

@Test("ten megabytes of junk are looked at only at their start")
func junk() {
  var state: UInt64 = 7
  var block: [UInt8] = []
  for _ in 0..<65_521 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    block.append(UInt8(truncatingIfNeeded: state >> 33))
  }
  let text = String(repeating: String(decoding: block, as: UTF8.self), count: 100)
  #expect(text.utf8.count > 10 << 20)
  #expect(curated(text).keyInsights.count <= 3)
}

@Test("a short post keeps the publisher's own words")
func shortPost() {
  let given = "A note on what changed in the second release, and why."
  let post = "Version 2 is out. It fixes the crash that many of you saw. Thank you for the reports."
  let withSummary = Curator().curate(CuratorInput(title: "Version 2", text: post, publisherSummary: given))
  #expect(withSummary.summary == given)
  #expect(withSummary.provenance["summary"]?.by == .publisher)
  #expect(Curator().curate(CuratorInput(title: "Version 2", text: post)).summary == post)
}

@Test("a budget of words is kept")
func budget() {
  let input = CuratorInput(title: "Queues keep a service alive", text: Fixtures.queues)
  for budget in [40, 80, 120] {
    let count = words(Curator().summarise(input, words: budget))
    #expect(count > 0 && count * 10 <= budget * 11)
  }
}

@Test("curating an article twice gives the same article, and keeps what a model wrote")
func articleTwice() {
  var article = Article(
    id: ArticleID(identity: "test"), feedID: FeedID(url: "https://example.org/feed"), title: "Queues",
    source: .init(name: "Example", feedURL: "https://example.org/feed"), dateSynced: Timestamp(seconds: 0))
  article.content = .init(html: "", text: Fixtures.queues, hash: "")
  article.topics = ["Operations"]
  let curator = Curator()
  curator.curate(&article)
  let first = article
  #expect(article.attribution?.publisher == "Example")
  article.provenance["method"] = .init(by: .model)
  article.method = "By a model."
  curator.curate(&article)
  #expect(article.method == "By a model.")
  #expect(article.summary == first.summary)
}

@Test("keyphrases are terms of the text, none inside another")
func keyphrases() {
  let found = Curator().keyphrases(Fixtures.queues, limit: 8)
  #expect((3...8).contains(found.count))
  for phrase in found { #expect(Fixtures.queues.lowercased().contains(phrase.lowercased())) }
  for (number, phrase) in found.enumerated() {
    for (other, longer) in found.enumerated() where other != number { #expect(!longer.contains(phrase)) }
  }
}

@Test("fields, topics and roles of the configuration are found by their terms")
func configured() {
  var configuration = CuratorConfiguration()
  configuration.topics = [TaxonomyTopic(name: "Message Queues", terms: ["queue", "queues"])]
  configuration.fields = [TaxonomyField(name: "Queueing", terms: ["queue", "retry", "worker"])]
  configuration.roles = [ReaderRole(name: "Queue Keeper", fields: ["Queueing"], terms: ["queue", "worker"])]
  let input = CuratorInput(title: "Queues keep a service alive", text: Fixtures.queues)
  let result = Curator(configuration: configuration).curate(input)
  #expect(result.topics.first == "Message Queues")
  #expect(result.fields.contains("Queueing"))
  #expect(result.bestFor.isEmpty || result.bestFor.contains("Queue Keeper"))
}

@Test("a word of advertising inside prose does not make it an advertisement")
func proseIsKept() {
  let text = """
    The bill would change how web shops ask for consent. Every cookie needs a purpose, and privacy teams review each \
    one before it ships. Code with a clear owner is reviewed sooner. Most readers learn more from examples.
    """
  #expect(curated(text, title: "Consent").summary == folded(text))
}

@Test("without a text the publisher's summary and categories stay")
func noText() {
  let input = CuratorInput(
    title: "A title", text: "", publisherSummary: "What it says.", categories: ["Databases", "Uncategorized"])
  let result = Curator().curate(input)
  #expect(result.summary == "What it says." && result.topics == ["Databases"])
  #expect(result.provenance["topics"]?.by == .publisher)
}

@Test(
  "a long sentence without spaces is read as any other",
  arguments: ["数据库的索引决定了查询的速度，开发者应该在上线之前测量每一个查询，并且记录它们的结果", "性能を測ることは大切であり、索引を作る前に必ず測るべきだと多くの技術者が考えている"])
func longIdeographs(sentence: String) {
  let text = String(repeating: sentence + "，" + sentence + "。\n\n", count: 12)
  let result = curated(text)
  #expect(result.topics.count >= 3)
  #expect(result.keyInsights.allSatisfy { text.contains($0) })
}
