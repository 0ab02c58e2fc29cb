import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct ConcurrencyTests {
  @Test("no more transfers run at once than the bounds allow, in all and to one host")
  func bounds() async throws {
    let gates = (0..<2).map { _ in Gate() }
    let servers = try (0..<2).map { index in
      try LoopbackServer(address: "127.0.0.\(index + 1)") { _ in Response.ok("x").held(by: gates[index]) }
    }
    let fetcher = try Fetcher(
      configuration: loopback {
        $0.maxConcurrent = 5
        $0.maxPerHost = 3
      })
    await withTaskGroup(of: FetchResult.self) { group in
      for number in 0..<20 {
        let url = servers[number % 2].url("/\(number)")
        group.addTask { await fetcher.result(url) }
      }
      _ = await servers[0].waitForRequests(2)
      _ = await servers[1].waitForRequests(2)
      for gate in gates { gate.open() }
      for await result in group { #expect(result.failure == nil) }
    }
    #expect(servers.allSatisfy { $0.requests.count == 10 && $0.peakConcurrency <= 3 })
    #expect(servers.map(\.peakConcurrency).reduce(0, +) <= 6)
    let statistics = fetcher.statistics
    #expect(statistics.completed == 20 && statistics.active == 0 && statistics.waiting == 0)
  }

  @Test("requests to a host start in the order they were made")
  func order() async throws {
    // Held until all of them wait: one that nobody waits behind does not keep its connection.
    let gate = Gate()
    let server = try LoopbackServer { _ in .ok("x").held(by: gate) }
    let fetcher = try Fetcher(configuration: loopback { $0.maxPerHost = 1 })
    await withCheckedContinuation { continuation in
      let left = Atomic<Int>(30)
      let counter = Box(left)
      for number in 0..<30 {
        fetcher.fetch(FetchRequest(url: server.url("/\(number)")), into: Collector()) { _ in
          if counter.value.subtract(1, ordering: .relaxed).newValue == 0 { continuation.resume() }
        }
      }
      fetcher.ping { gate.open() }
    }
    #expect(server.requests.map(\.target) == (0..<30).map { "/\($0)" })
    // All but the first and the last found the connection kept for them.
    #expect(server.connectionCount < 5)
  }

  @Test("one hung, one trickling and one flooding server hold nobody else up")
  func badNeighbours() async throws {
    let hung = try LoopbackServer(address: "127.0.0.2") { _ in Response(body: .hang) }
    let slow = try LoopbackServer(address: "127.0.0.3") { _ in
      Response(body: .trickle([65], every: .milliseconds(20)))
    }
    let flood = try LoopbackServer(address: "127.0.0.4") { _ in
      Response(body: .endless(Array(repeating: 65, count: 60_000)))
    }
    let good = try LoopbackServer { _ in .ok("fine") }
    let fetcher = try Fetcher(configuration: loopback { $0.totalTimeout = .seconds(30) })
    let tokens = [hung, slow, flood].flatMap { server in
      (0..<6).map { _ in fetcher.fetch(FetchRequest(url: server.url()), into: Collector()) { _ in } }
    }
    _ = await hung.waitForRequests(2)
    for _ in 0..<50 { #expect(await fetcher.result(good.url()).failure == nil) }
    #expect(hung.requests.count == 2)
    for token in tokens { fetcher.cancel(token) }
  }

  @Test("servers that do not answer give their slots back, as many as there are slots")
  func slowServers() async throws {
    let hung = try LoopbackServer { _ in Response(body: .hang) }
    let good = try LoopbackServer(address: "127.0.0.2") { _ in .ok("x") }
    let fetcher = try Fetcher(
      configuration: loopback {
        $0.maxConcurrent = 2
        $0.maxPerHost = 10
        $0.slowAfter = .milliseconds(50)
      })
    let told = Box(Atomic<Int>(0))
    fetcher.onSlotsReleased { told.value.add(1, ordering: .relaxed) }
    func hang(_ count: Int) -> [FetchToken] {
      (0..<count).map { _ in fetcher.fetch(FetchRequest(url: hung.url()), into: Collector()) { _ in } }
    }
    var tokens = hang(2)
    #expect(await fetcher.result(good.url()).failure == nil)
    #expect(fetcher.slowTransfers == 2 && told.value.load(ordering: .relaxed) > 0)
    // Two more take the slots, and none is left for what comes then.
    tokens += hang(2)
    async let last = fetcher.result(good.url())
    #expect(await hung.waitForRequests(4))
    #expect(fetcher.statistics.active == 4 && good.requests.count == 1)
    fetcher.cancel(tokens[0])
    #expect(await last.failure == nil)
    for token in tokens { fetcher.cancel(token) }
    #expect(fetcher.statistics.active == 0 && fetcher.slowTransfers == 0)
  }

  @Test("what is begun at the end of a turn, for what ended in it, goes on from there until nothing is left")
  func turns() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let fetcher = try Fetcher(
      configuration: loopback {
        $0.maxConcurrent = 20; $0.maxPerHost = 20
      })
    // Begun, ended, and ended since the last turn did.
    let counts = Box(Mutex((begun: 0, ended: 0, new: 0)))
    let fetchOne: @Sendable () -> Void = {
      counts.value.withLock { $0.begun += 1 }
      fetcher.fetch(FetchRequest(url: server.url()), into: Collector()) { result in
        #expect(result.failure == nil)
        counts.value.withLock { ($0.ended, $0.new) = ($0.ended + 1, $0.new + 1) }
      }
    }
    fetcher.onTurnEnd {
      let (new, begun) = counts.value.withLock { counts in
        defer { counts.new = 0 }
        return (counts.new, counts.begun)
      }
      for _ in 0..<max(0, min(new, 300 - begun)) { fetchOne() }
    }
    for _ in 0..<20 { fetchOne() }
    #expect(await eventually { counts.value.withLock { $0.ended >= 300 } })
    // The fetcher is not to keep itself.
    fetcher.onTurnEnd {}
  }

  @Test("a cancelled fetch ends as cancelled, running or waiting, and its slot is free again")
  func cancel() async throws {
    let server = try LoopbackServer { $0.path == "/hang" ? Response(body: .hang) : .ok("x") }
    let fetcher = try Fetcher(configuration: loopback { $0.maxPerHost = 1 })
    let ends = Mutex<[FetchFailure?]>([])
    let box = Box(ends)
    let tokens = (0..<3).map { _ in
      fetcher.fetch(FetchRequest(url: server.url("/hang")), into: Collector()) { result in
        box.value.withLock { $0.append(result.failure) }
      }
    }
    #expect(await server.waitForRequests(1))
    for token in tokens { fetcher.cancel(token) }
    for token in tokens { fetcher.cancel(token) }
    #expect(await fetcher.result(server.url("/x")).failure == nil)
    #expect(box.value.withLock { $0 } == [.cancelled, .cancelled, .cancelled])
  }

  @Test("a shutdown ends all fetches, and later ones at once")
  func shutdown() async throws {
    let server = try LoopbackServer { _ in Response(body: .hang) }
    let fetcher = try Fetcher(configuration: loopback { $0.maxPerHost = 4 })
    await withTaskGroup(of: FetchResult.self) { group in
      for _ in 0..<12 { group.addTask { await fetcher.result(server.url()) } }
      #expect(await server.waitForRequests(4))
      await withCheckedContinuation { continuation in fetcher.shutdown { continuation.resume() } }
      for await result in group { #expect(result.failure == .cancelled) }
    }
    #expect(await fetcher.result(server.url()).failure == .cancelled)
    await withCheckedContinuation { continuation in fetcher.shutdown { continuation.resume() } }
  }

  @Test("a fetcher that is let go cancels what it still does")
  func letGo() async throws {
    let server = try LoopbackServer { _ in Response(body: .hang) }
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<FetchResult, Never>) in
      // A fetcher without a further reference: it goes when the function that made it ends.
      func begin() {
        guard let fetcher = try? Fetcher(configuration: loopback()) else { return }
        fetcher.fetch(FetchRequest(url: server.url()), into: Collector()) {
          continuation.resume(returning: $0)
        }
      }
      begin()
    }
    #expect(result.failure == .cancelled)
  }

  @Test(
    "a sink that releases nothing pauses the transfer within its bound, and goes on when it does",
    arguments: [false, true])
  func backpressure(_ isCompressed: Bool) async throws {
    let body = noise(count: 4_000_000)
    let sent = isCompressed ? try #require(gzip(body)) : body
    let server = try LoopbackServer { _ in
      let response = Response(body: .bytes(sent))
      return isCompressed ? response.with("Content-Encoding", "gzip") : response
    }
    let fetcher = try Fetcher(configuration: loopback { $0.totalTimeout = .seconds(60) })
    let sink = Collector(keepsCredits: true)
    async let result = fetcher.result(server.url(), into: sink)
    // When more than the bound is held and for some looks nothing came, all of it is given back, on the fetch queue:
    // so the transfer does not go on before the last piece is back, and what is held at its next pause is the sink's.
    var peak = 0
    var quietLooks = 0
    var lastHeld = 0
    let deadline = ContinuousClock.now + .seconds(60)
    while sink.body.count < body.count, ContinuousClock.now < deadline {
      let mayGiveBack = quietLooks >= 10
      let held = await withCheckedContinuation { (continuation: CheckedContinuation<Int, Never>) in
        fetcher.ping {
          let least = mayGiveBack ? 4 : .max
          continuation.resume(returning: sink.giveBack(ofAtLeast: least, orAfter: 3_000_000))
        }
      }
      quietLooks = held == lastHeld ? quietLooks + 1 : 0
      lastHeld = held
      peak = max(peak, held)
    }
    _ = sink.giveBack(ofAtLeast: 0, orAfter: 0)
    // A transfer that stalled must not hold the tests up.
    if sink.body.count < body.count { fetcher.shutdown() }
    #expect(await result.failure == nil)
    #expect(sink.body == body)
    #expect(peak <= (isCompressed ? 4 << 20 : (512 << 10) + (256 << 10)))
  }

  @Test(
    "a sink that gives nothing back is given up, and a pause does not win time", arguments: [false, true])
  func endlessPause(_ isGivenBack: Bool) async throws {
    let gate = Gate()
    defer { gate.open() }
    let half = noise(count: 1_000_000)
    let server = try LoopbackServer { _ in Response(body: .inTwo(half, gate: gate, half)) }
    let fetcher = try Fetcher(
      configuration: loopback {
        $0.totalTimeout = .milliseconds(isGivenBack ? 200 : 60_000)
        $0.maxPause = .milliseconds(isGivenBack ? 60_000 : 200)
        $0.minimumSpeed = 0
      })
    let sink = Collector(keepsCredits: true)
    async let result = fetcher.result(server.url(), into: sink)
    let giving = Task {
      guard isGivenBack else { return }
      // Longer than the transfer's own time, which libcurl's timer then no longer knows.
      try await Task.sleep(for: .milliseconds(400))
      // To the end: one that is paused again would have the time of a pause.
      while !Task.isCancelled {
        _ = sink.giveBack(ofAtLeast: 1, orAfter: 0)
        await withCheckedContinuation { continuation in fetcher.ping { continuation.resume() } }
      }
    }
    let end = await result
    giving.cancel()
    #expect(end.failure?.kind == "timeout", "\(end.outcome)")
    #expect(sink.body.count < 1_100_000)
  }

  @Test("bounds that change apply to what starts afterwards")
  func reconfigure() async throws {
    let server = try LoopbackServer { _ in .ok("0123456789") }
    let fetcher = try Fetcher(configuration: loopback())
    #expect(await fetcher.result(server.url()).failure == nil)
    try fetcher.reconfigure(
      loopback {
        $0.maxBodyBytes = 5
        $0.userAgent = "Other/1"
      })
    #expect(await fetcher.result(server.url()).failure == .tooLarge(limit: 5))
    #expect(server.requests.last?.header("User-Agent") == "Other/1")
    #expect(throws: FetcherError.self) { try fetcher.reconfigure(loopback { $0.caBundle = "/no/such/file" }) }
  }

  @Test("names are resolved again and again without a stall")
  func names() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let fetcher = try Fetcher(configuration: loopback())
    await withTaskGroup(of: FetchResult.self) { group in
      for number in 0..<200 {
        let host = number % 2 == 0 ? "localhost" : "f\(number).localhost"
        group.addTask { await fetcher.result("http://\(host):\(server.port)/") }
      }
      for await result in group { #expect(result.failure == nil, "\(result.outcome)") }
    }
  }
}

/// Holds what cannot be copied, so that closures can share it.
final class Box<Value: ~Copyable & Sendable>: Sendable {
  let value: Value
  init(_ value: consuming Value) { self.value = value }
}
