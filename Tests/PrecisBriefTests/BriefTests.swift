import PrecisBrief
import PrecisJSON
import PrecisModel
import Testing

@Suite("The day's brief")
struct BriefTests {
  static let now = Timestamp(seconds: 1_800_000_000)

  private func candidate(
    _ name: String, source: String = "A", hours: Int64 = 1, words: Int = 800, topics: [String] = []
  ) -> BriefCandidate {
    var candidate = BriefCandidate(
      id: ArticleID(identity: name), title: name, url: nil, sourceName: source,
      feedURL: "https://\(source)/f",
      date: Self.now + (-hours * 3600))
    candidate.wordCount = words
    candidate.topics = topics
    candidate.summaryWords = 100
    return candidate
  }

  private func pick(
    _ candidates: [BriefCandidate], _ configuration: BriefConfiguration = BriefConfiguration()
  ) -> [BriefPick] {
    Brief.pick(candidates, now: Self.now, configuration: configuration)
  }

  @Test("an empty store has an empty brief")
  func empty() { #expect(pick([]).isEmpty) }

  @Test("one old article is still a brief")
  func neverEmpty() { #expect(pick([candidate("old", hours: 24 * 900)]).map(\.candidate.title) == ["old"]) }

  @Test("the window widens only until there are enough")
  func windows() {
    let recent = (0..<3).map { candidate("r\($0)", source: "s\($0)", hours: 10) }
    let old = candidate("old but long", source: "x", hours: 24 * 30, words: 9000)
    #expect(
      !pick(recent + [old], BriefConfiguration(count: 3)).contains { $0.candidate.title == "old but long" })
    #expect(pick(recent + [old], BriefConfiguration(count: 4)).count == 4)
  }

  @Test("the order of the candidates does not matter")
  func deterministic() {
    let candidates = (0..<40).map {
      candidate(
        "a\($0)", source: "s\($0 % 5)", hours: Int64($0 % 7), words: 300 + 100 * ($0 % 4),
        topics: ["T\($0 % 3)"])
    }
    #expect(pick(candidates) == pick(candidates.reversed()))
    #expect(pick(candidates).count == 7)
  }

  @Test("one source does not fill the brief while others have something")
  func diversity() {
    let loud = (0..<20).map { candidate("loud\($0)", source: "Loud", words: 3000) }
    let quiet = (0..<6).map { candidate("quiet\($0)", source: "Q\($0)", hours: 30, words: 200) }
    let picks = pick(loud + quiet)
    #expect(picks.count { $0.candidate.sourceName == "Loud" } <= 2)
    #expect(pick(loud).count == 7)
  }

  @Test("the reader's topics and roles come first, and the reason says so")
  func relevance() {
    var wanted = candidate("Judging models", source: "B", words: 2100, topics: ["LLM Evaluations"])
    wanted.bestFor = ["AI Engineer"]
    wanted.codeReferences = 3
    wanted.sightings = 1
    let configuration = BriefConfiguration(count: 1, roles: ["AI engineer"], topics: ["LLM evaluation"])
    let picks = pick([candidate("Gardens", words: 2100), wanted], configuration)
    #expect(picks.map(\.candidate.title) == ["Judging models"])
    #expect(
      picks.first?.reason
        == "B, 1 hour old, 2,100 words with 3 code references; about your topic LLM evaluation; "
        + "for your role AI engineer; carried in 1 other place.")
  }

  @Test("articles of earlier briefs come again only where there is nothing else")
  func alreadyPicked() {
    let first = candidate("first", words: 5000)
    let second = candidate("second", source: "B")
    let again = Brief.pick(
      [first, second], now: Self.now, configuration: BriefConfiguration(count: 1), alreadyPicked: [first.id])
    #expect(again.map(\.candidate.title) == ["second"])
    let only = Brief.pick(
      [first], now: Self.now, configuration: BriefConfiguration(), alreadyPicked: [first.id])
    #expect(only.count == 1)
  }

  @Test("a better source, a fresher and a longer article are each more important")
  func importance() {
    let configuration = BriefConfiguration(sourceQuality: ["Good": 1, "Bad": 0.1])
    func total(_ candidate: BriefCandidate) -> Double {
      Importance(candidate, now: Self.now, configuration: configuration).total
    }
    #expect(total(candidate("a", source: "Good")) > total(candidate("a", source: "Bad")))
    #expect(total(candidate("a", hours: 1)) > total(candidate("a", hours: 40)))
    #expect(total(candidate("a", words: 1500)) > total(candidate("a", words: 100)))
    #expect(
      Importance(candidate("a", hours: 36), now: Self.now, configuration: configuration).freshness < 0.51)
    #expect(Importance(candidate("a", hours: -9), now: Self.now, configuration: configuration).freshness == 1)
  }

  @Test("a frozen brief reads back as it was written")
  func frozen() throws {
    var one = candidate("One \"quoted\"", topics: ["T"])
    one.url = "https://a.example/1"
    let brief = DailyBrief(
      day: "2026-11-24", dateMade: Self.now, picks: [BriefPick(candidate: one, score: 0.5, reason: "R.")])
    var writer = JSONWriter()
    brief.write(to: &writer)
    #expect(DailyBrief(json: try JSONParser.parse(writer.bytes)) == brief)
    #expect(DailyBrief(json: .object([])) == nil)
  }

  @Test("the next day's brief has other articles, and remembers the days before")
  func nextDay() throws {
    let candidates = (0..<12).map { candidate("a\($0)", source: "s\($0)", hours: 3) }
    let first = DailyBrief(
      day: "2026-11-24", candidates: candidates, now: Self.now, configuration: BriefConfiguration(),
      after: nil)
    let second = DailyBrief(
      day: "2026-11-25", candidates: candidates, now: Self.now, configuration: BriefConfiguration(),
      after: first)
    #expect(first.picks.count == 7)
    #expect(Set(first.picks.map(\.candidate.id)).isDisjoint(with: second.picks.map(\.candidate.id)))
    #expect(second.earlier.map(\.day) == ["2026-11-24"])
    var writer = JSONWriter()
    second.write(to: &writer)
    let read = try #require(DailyBrief(json: try JSONParser.parse(writer.bytes)))
    #expect(read.earlier == second.earlier)
    #expect(read.picks.map(\.candidate) == second.picks.map(\.candidate))
    // Made anew on the same day, the day's own picks do not stand in the way.
    let again = DailyBrief(
      day: "2026-11-25", candidates: candidates, now: Self.now, configuration: BriefConfiguration(),
      after: second)
    #expect(again == second)
  }

  @Test("a brief made after the clock was set back remembers the later days, and so does the one after it")
  func clockSetBack() throws {
    let candidates = (0..<24).map { candidate("a\($0)", source: "s\($0)", hours: 3) }
    func brief(_ day: String, after last: DailyBrief?) -> DailyBrief {
      DailyBrief(
        day: day, candidates: candidates, now: Self.now, configuration: BriefConfiguration(), after: last)
    }
    let later = brief("2026-12-05", after: brief("2026-11-24", after: nil))
    let back = brief("2026-11-25", after: later)
    #expect(back.earlier.map(\.day) == ["2026-12-05", "2026-11-24"])
    #expect(Set(later.picks.map(\.candidate.id)).isDisjoint(with: back.picks.map(\.candidate.id)))
    #expect(
      brief("2026-11-26", after: back).earlier.map(\.day) == ["2026-11-25", "2026-12-05", "2026-11-24"])
    // The later day comes again: its own picks do not stand in the way.
    #expect(brief("2026-12-05", after: back).earlier.map(\.day) == ["2026-11-25", "2026-11-24"])
  }

  @Test("a source that recent briefs had gives way to an equal one that they had not")
  func recentSource() {
    let seen = candidate("old", source: "Often", words: 800)
    let last = DailyBrief(
      day: "2026-11-24", candidates: [seen], now: Self.now, configuration: BriefConfiguration(), after: nil)
    let brief = DailyBrief(
      day: "2026-11-25",
      candidates: [
        candidate("x", source: "Often", words: 800), candidate("y", source: "Seldom", words: 790),
      ],
      now: Self.now, configuration: BriefConfiguration(count: 1), after: last)
    #expect(brief.picks.map(\.candidate.sourceName) == ["Seldom"])
  }

  @Test("of two equal articles, the one comes first whose source has more in its articles")
  func sourceHabits() {
    let rich = (0..<5).map { candidate("rich\($0)", source: "Rich", hours: 24 * 30, words: 1500) }
    let poor = (0..<5).map { candidate("poor\($0)", source: "Poor", hours: 24 * 30, words: 50) }
    let (a, b) = (candidate("of poor", source: "Poor"), candidate("of rich", source: "Rich"))
    for candidates in [rich + poor + [a, b], [a, b] + poor + rich] {
      #expect(pick(candidates, BriefConfiguration(count: 1)).map(\.candidate.title) == ["of rich"])
    }
  }
}
