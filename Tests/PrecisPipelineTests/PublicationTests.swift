import Dispatch
import Glibc
import PrecisJSON
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

@Suite("When the views are written", .mustEnd)
struct PublicationTests {
  private func pause(_ engine: Engine) -> Double {
    engine.queue.sync {
      Double(engine.nextPublication.uptimeNanoseconds - engine.lastPublication.uptimeNanoseconds) / 1e9
    }
  }

  @Test("soon after a poll of a few feeds, also where nothing happens any more")
  func few() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library { $0.curation.fetchPages = .never }
    let engine = try library.engine(.schedule)
    await library.subscribe([server.url("/")], on: engine)
    engine.start()
    #expect(await eventually { engine.queue.sync { engine.counters.polls == 1 && engine.commits.isEmpty } })
    #expect(pause(engine) < 5)
    #expect(await eventually { engine.queue.sync { !engine.hasUnpublishedChanges } })
    let view = try JSONParser.parse(contents(library.store + "/feeds.json"))
    #expect(view["feeds"]?.array?.first?["last_polled"] != nil)
    await library.stop(engine)
  }

  @Test("of thousands of feeds not after every poll, and at once where somebody asked")
  func many() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library { $0.curation.fetchPages = .never }
    let engine = try library.engine(.request)
    await library.subscribe((0..<2000).map { server.url("/\($0)") }, on: engine)
    #expect(pause(engine) >= 10)
    for await _ in library.events(of: [server.url("/7")], on: engine) {}
    #expect(engine.queue.sync { !engine.hasUnpublishedChanges })
    await library.stop(engine)
  }

  private func contents(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return bytes
  }
}
