import PrecisJSON
import PrecisModel
import PrecisViews
import Testing

@Suite struct FeedHealthTests {
  private func findings(_ change: (inout FeedState) -> Void) -> [FeedHealth.Finding] {
    var feed = Sample.feed()
    change(&feed)
    return FeedHealth(feed, now: Sample.now).findings.map(\.finding)
  }

  private func failure(count: Int, days: Int64) -> FeedState.Failure {
    .init(
      kind: "dns", message: "no such host", httpStatus: nil, count: count, since: Sample.now + -86_400 * days)
  }

  @Test("each finding is made from the feed's state")
  func each() {
    #expect(findings { _ in } == [])
    #expect(findings { $0.status = .gone } == [.dead])
    #expect(findings { $0.failure = failure(count: 9, days: 15) } == [.dead])
    #expect(findings { $0.failure = failure(count: 2, days: 15) } == [.failing])
    #expect(findings { $0.failure = failure(count: 9, days: 1) } == [.failing])
    #expect(
      findings { $0.move = .init(target: "https://n.example/", count: 2, since: Sample.now) } == [.moved])
    #expect(findings { $0.subscribedURL = "https://old.example/" } == [.moved])
    #expect(findings { $0.status = .merged } == [.moved])
    #expect(findings { $0.counts.latencyMilliseconds = 6000 } == [.slow])
    #expect(findings { $0.publishInterval = 600 } == [.noisy])
    #expect(findings { $0.publishInterval = 0 } == [])
    #expect(
      findings {
        $0.validators = nil
        $0.counts.notModified = 0
      } == [.wasteful])
    #expect(findings { $0.lastChanged = Sample.now + -86_400 * 200 } == [.silent])
  }

  @Test("the report groups feeds by finding, the gravest first, with reason and next poll")
  func report() {
    var slow = Sample.feed("https://slow.example/feed", title: "Slow")
    slow.counts.latencyMilliseconds = 6400
    var dead = Sample.feed("https://dead.example/feed", title: "Dead")
    dead.failure = failure(count: 20, days: 20)
    #expect(
      FeedHealthText.text([slow, dead, Sample.feed()], now: Sample.now) == """
        dead (1)
          Dead: no such host (for 20d)
            https://dead.example/feed; next poll in 40m
        slow (1)
          Slow: takes 6 s to answer
            https://slow.example/feed; next poll in 40m

        """)
    #expect(FeedHealthText.text([Sample.feed()], now: Sample.now) == "All is well with 1 feed.\n")
  }

  @Test("feeds.json holds every subscription and its findings, no validators, no tombstones")
  func document() throws {
    var failing = Sample.feed("https://b.example/rss")
    failing.failure = failure(count: 1, days: 0)
    var removed = Sample.feed("https://c.example/rss")
    removed.status = .removed
    let bytes = FeedsView.bytes([Sample.feed(), failing, removed], now: Sample.now)
    #expect(bytes.last == 0x0A)
    let json = try JSONParser.parse(bytes)
    let feeds = try #require(json["feeds"]?.array)
    #expect(feeds.count == 2)
    #expect(feeds[0]["health"]?.array == [])
    #expect(feeds[1]["health"]?.array?.first?["finding"]?.string == "failing")
    #expect(feeds[0]["validators"] == nil)
    #expect(json["date_written"]?.string == "2026-11-18T11:06:40Z")
  }
}
