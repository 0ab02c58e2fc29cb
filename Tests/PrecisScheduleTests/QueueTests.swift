import PrecisModel
import Testing

@testable import PrecisSchedule

private let start = Timestamp(seconds: 1_795_521_600)

@Suite("The queue")
struct QueueTests {
  @Test("feeds come out when they are due, once")
  func order() {
    var queue = PollQueue(perHostSpacing: 0)
    for feed in 0..<100 as Range<UInt32> {
      queue.insert(feed, host: "h\(feed)", due: start + Int64((feed * 37) % 100), interval: 3600)
    }
    #expect(queue.nextDue == start)
    #expect(queue.popDue(now: start + -1, limit: 10).isEmpty)
    var seen: [UInt32] = []
    for second in 0..<100 { seen += queue.popDue(now: start + Int64(second), limit: 10) }
    #expect(seen.map { ($0 * 37) % 100 } == Array(0..<100))
    #expect(queue.nextDue == nil)
    #expect(queue.inFlight == 100)
  }

  @Test("a feed in flight is not handed out again, and rests until it is reported back")
  func inFlight() {
    var queue = PollQueue()
    queue.insert(7, host: "a", due: start)
    #expect(queue.popDue(now: start, limit: 9) == [7])
    queue.update(7, due: start)
    queue.insert(7, host: "a", due: start)
    #expect(queue.popDue(now: start + 100, limit: 9).isEmpty)
    queue.finish(7, due: start + 500, interval: 3600)
    queue.finish(7, due: start, interval: 1)
    #expect(queue.popDue(now: start + 499, limit: 9).isEmpty)
    #expect(queue.popDue(now: start + 500, limit: 9) == [7])
  }

  @Test("500 feeds of one host come one at a time, spaced, in the order in which they fell due")
  func spacing() {
    var queue = PollQueue(perHostSpacing: 5)
    for feed in 0..<500 as Range<UInt32> { queue.insert(feed, host: "big", due: start, interval: 3600) }
    queue.insert(500, host: "small", due: start, interval: 3600)
    #expect(queue.popDue(now: start, limit: 64) == [0, 500])
    var out: [UInt32] = [0]
    var now = start
    while out.count < 500 {
      queue.finish(out[out.count - 1], due: nil, interval: 3600)
      #expect(queue.nextDue == now + 5)
      #expect(queue.popDue(now: now + 4, limit: 64).isEmpty)
      now = now + 5
      let popped = queue.popDue(now: now, limit: 64)
      #expect(popped.count == 1)
      out += popped
    }
    #expect(out == Array(0..<500))
  }

  @Test("the spacing is kept to the millisecond where the caller has them")
  func millisecondSpacing() {
    var queue = PollQueue(perHostSpacing: 2)
    for feed in 0..<2 as Range<UInt32> { queue.insert(feed, host: "a", due: start, interval: 3600) }
    // It begins at the very end of a second, and so does the clock at the end of its range.
    let begin = UInt32.max - 500
    #expect(queue.popDue(now: start, limit: 9, milliseconds: begin) == [0])
    queue.finish(0, due: nil, interval: 3600)
    #expect(queue.popDue(now: start + 2, limit: 9, milliseconds: begin &+ 1050).isEmpty)
    #expect(queue.nextDue == start + 3)
    #expect(queue.popDue(now: start + 3, limit: 9, milliseconds: begin &+ 2050) == [1])
  }

  @Test("hosts without feeds are forgotten, unless they asked for rest")
  func idleHosts() {
    var queue = PollQueue(perHostSpacing: 2)
    queue.hold(host: "tired", until: start + 90_000)
    for round in 0..<10 as Range<UInt32> {
      for feed in 0..<1000 as Range<UInt32> { queue.insert(feed, host: "h\(round)-\(feed)", due: start) }
      let now = start + Int64(round) * 10
      let popped = queue.popDue(now: now, limit: 9999)
      #expect(popped.count == 1000)
      for feed in popped { queue.remove(feed) }
    }
    #expect(queue.hosts.count < 3100)
    #expect(queue.count == 0)
    queue.insert(7, host: "tired", due: start)
    #expect(queue.popDue(now: start + 89_999, limit: 9).isEmpty)
    #expect(queue.popDue(now: start + 90_000, limit: 9) == [7])
  }

  @Test("other bounds hold from the next request on")
  func reconfigured() {
    var queue = PollQueue(perHostSpacing: 100, perHostInFlight: 1)
    for feed in 0..<3 as Range<UInt32> { queue.insert(feed, host: "a", due: start, interval: 3600) }
    queue.reconfigure(perHostSpacing: 0, perHostInFlight: 2)
    #expect(queue.popDue(now: start, limit: 9).count == 2)
    #expect(queue.popDue(now: start, limit: 9).isEmpty)
  }

  @Test("other bounds per host hold from then on")
  func busierThanNow() {
    var queue = PollQueue(perHostSpacing: 5)
    for feed in 0..<4 as Range<UInt32> { queue.insert(feed, host: "a", due: start, interval: 3600) }
    #expect(queue.popDue(now: start, limit: 9) == [0])
    queue.reconfigure(perHostSpacing: 60, perHostInFlight: 2)
    #expect(queue.popDue(now: start + 4, limit: 9).isEmpty)
    #expect(queue.popDue(now: start + 5, limit: 9) == [1])
    queue.finish(0, due: nil, interval: 3600)
    #expect(queue.popDue(now: start + 64, limit: 9).isEmpty)
    #expect(queue.popDue(now: start + 65, limit: 9) == [2])
    queue.reconfigure(perHostSpacing: 0, perHostInFlight: 1)
    queue.finish(1, due: nil, interval: 3600)
    #expect(queue.popDue(now: start + 500, limit: 9).isEmpty)
    queue.finish(2, due: nil, interval: 3600)
    #expect(queue.popDue(now: start + 500, limit: 9) == [3])
  }

  @Test("while a host is busy nobody is woken for it")
  func busy() {
    var queue = PollQueue(perHostSpacing: 1)
    queue.insert(0, host: "a", due: start)
    queue.insert(1, host: "a", due: start)
    #expect(queue.popDue(now: start, limit: 9) == [0])
    #expect(queue.nextDue == nil)
    queue.finish(0, due: nil, interval: 0)
    #expect(queue.nextDue == start + 1)
  }

  @Test("a host that bears two requests has two in flight")
  func twoAtOnce() {
    var queue = PollQueue(perHostSpacing: 0, perHostInFlight: 2)
    for feed in 0..<5 as Range<UInt32> { queue.insert(feed, host: "a", due: start) }
    #expect(queue.popDue(now: start, limit: 9) == [0, 1])
    queue.finish(1, due: nil, interval: 0)
    #expect(queue.popDue(now: start, limit: 9) == [2])
  }

  @Test("a promise holds the whole host, those in line too")
  func hold() {
    var queue = PollQueue(perHostSpacing: 1)
    for feed in 0..<3 as Range<UInt32> { queue.insert(feed, host: "a", due: start) }
    queue.insert(3, host: "b", due: start)
    #expect(queue.popDue(now: start, limit: 1) == [0])
    queue.hold(host: "a", until: start + 3600)
    queue.finish(0, due: start + 10, interval: 10)
    #expect(queue.popDue(now: start + 3599, limit: 9) == [3])
    #expect(queue.popDue(now: start + 3600, limit: 9) == [1])
    queue.hold(host: "a", until: start)
    #expect(queue.popDue(now: start + 9000, limit: 9).isEmpty)
  }

  @Test("a feed in the line of a host that was promised rest says until when, until the promise is broken")
  func held() {
    var queue = PollQueue(perHostSpacing: 2)
    for feed in 0..<3 as Range<UInt32> { queue.insert(feed, host: "a", due: start + Int64(feed * 100)) }
    #expect(queue.popDue(now: start, limit: 9) == [0])
    queue.hold(host: "a", until: start + 5000)
    queue.finish(0, due: start + 3600, interval: 3600)
    #expect(queue.heldUntil(0, now: start + 200) == nil)
    #expect(queue.heldUntil(1, now: start + 99) == nil)
    #expect(queue.heldUntil(1, now: start + 200) == start + 5000)
    #expect(queue.popDue(now: start + 200, limit: 9).isEmpty)
    #expect(queue.heldUntil(2, now: start + 200) == start + 5000)
    queue.breakHold(on: 2, now: start + 200)
    #expect(queue.popDue(now: start + 201, limit: 9).isEmpty)
    #expect(queue.popDue(now: start + 202, limit: 9) == [1])
  }

  @Test("feeds of one host stand together in a batch")
  func batches() {
    var queue = PollQueue(perHostSpacing: 0, perHostInFlight: 3)
    for feed in 0..<9 as Range<UInt32> {
      queue.insert(feed, host: "h\(feed % 3)", due: start + Int64(feed % 2))
    }
    #expect(queue.popDue(now: start + 9, limit: 64).map { $0 % 3 } == [0, 0, 0, 1, 1, 1, 2, 2, 2])
  }

  @Test("a limit leaves the rest for the next call")
  func limited() {
    var queue = PollQueue(perHostSpacing: 0)
    for feed in 0..<10 as Range<UInt32> { queue.insert(feed, host: "h\(feed)", due: start) }
    #expect(queue.popDue(now: start, limit: 4).count == 4)
    #expect(queue.popDue(now: start, limit: 4).count == 4)
    #expect(queue.popDue(now: start, limit: 4).count == 2)
    #expect(queue.popDue(now: start, limit: 0).isEmpty)
  }

  @Test("overdue feeds are spread, oldest first; new ones are not made to wait")
  func spread() {
    var queue = PollQueue(perHostSpacing: 0)
    for feed in 0..<1000 as Range<UInt32> {
      queue.insert(feed, host: "h\(feed)", due: start + (Int64(feed) - 2000), interval: 3600)
    }
    queue.insert(1000, host: "new", due: start + -1, interval: 0)
    var random = SeededRandom(1)
    queue.spreadOverdue(now: start, random: &random)
    var perMinute: [Int] = []
    var order: [UInt32] = []
    for minute in 0..<80 {
      let popped = queue.popDue(now: start + Int64(minute * 60 + 59), limit: 10_000)
      perMinute.append(popped.count)
      order += popped
    }
    #expect(order.count == 1001)
    #expect(order.prefix(40).contains(1000))
    #expect(perMinute.max() ?? 0 <= 33)
  }

  @Test("few overdue feeds wait seconds, not hours")
  func fewOverdue() {
    var queue = PollQueue(perHostSpacing: 0)
    for feed in 0..<50 as Range<UInt32> {
      queue.insert(feed, host: "h\(feed)", due: start + -9999, interval: 86_400)
    }
    var random = SeededRandom(1)
    queue.spreadOverdue(now: start, random: &random)
    #expect(queue.popDue(now: start + 260, limit: 99).count == 50)
  }

  @Test("a clock that is set moves everything along")
  func shift() {
    var queue = PollQueue(perHostSpacing: 10)
    queue.insert(0, host: "a", due: start)
    queue.insert(1, host: "a", due: start)
    queue.insert(2, host: "b", due: start + 50)
    #expect(queue.popDue(now: start, limit: 9) == [0])
    queue.finish(0, due: start + 3600, interval: 3600)
    queue.shift(by: -100_000)
    #expect(queue.nextDue == start + (10 - 100_000))
    #expect(queue.popDue(now: start + (60 - 100_000), limit: 9) == [1, 2])
    queue.shift(by: .min)
    queue.shift(by: .max)
  }

  /// Does the same to the queue and to a plain list, and compares.
  @Test("ten thousand random steps agree with a plain list", arguments: [1, 2, 3, 4] as [UInt64])
  func model(seed: UInt64) {
    var random = SeededRandom(seed)
    var queue = PollQueue(perHostSpacing: 3, perHostInFlight: Int(seed % 2) + 1)
    let most = Int(seed % 2) + 1
    var due: [UInt32: Timestamp] = [:]
    var host: [UInt32: String] = [:]
    var flying: Set<UInt32> = []
    var lastStart: [String: Timestamp] = [:]
    var now = start
    for _ in 0..<10_000 {
      let feed = UInt32.random(in: 0..<60, using: &random)
      let moment = now + Int64.random(in: -20...100, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...2:
        if host[feed] == nil { host[feed] = "h\(feed % 7)" }
        queue.insert(feed, host: host[feed] ?? "", due: moment, interval: 60)
        if !flying.contains(feed) { due[feed] = moment }
      case 3:
        queue.update(feed, due: moment)
        if host[feed] != nil, !flying.contains(feed) { due[feed] = moment }
      case 4:
        queue.remove(feed)
        host[feed] = nil
        due[feed] = nil
        flying.remove(feed)
      case 5...6:
        if let done = flying.sorted().first {
          queue.finish(done, due: moment, interval: 60)
          flying.remove(done)
          due[done] = moment
        }
      default:
        now = now + Int64.random(in: 0...15, using: &random)
        for out in queue.popDue(now: now, limit: 5) {
          let name = host[out] ?? "unknown"
          #expect(due[out].map { $0 <= now } ?? false)
          #expect(!flying.contains(out))
          if let last = lastStart[name] { #expect(now - last >= 3) }
          lastStart[name] = now
          flying.insert(out)
          due[out] = nil
          #expect(flying.filter { host[$0] == name }.count <= most)
        }
      }
      #expect(queue.count == host.count)
      #expect(queue.inFlight == flying.count)
    }
    // Nobody is forgotten: all that have a due time come out in the end.
    for feed in flying.sorted() { queue.finish(feed, due: nil, interval: 60) }
    var left = Set(due.keys)
    for _ in 0..<1000 where !left.isEmpty {
      now = now + 10
      for out in queue.popDue(now: now, limit: 100) {
        left.remove(out)
        queue.finish(out, due: nil, interval: 60)
      }
    }
    #expect(left.isEmpty)
  }

  @Test("a feed costs the queue no more than 40 bytes")
  func memory() {
    #expect(MemoryLayout<PollQueue.Slot>.stride + MemoryLayout<UInt64>.stride <= 40)
    #expect(MemoryLayout<PollQueue.Host>.stride <= 20)
  }
}
