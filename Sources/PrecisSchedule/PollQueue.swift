import PrecisModel

/// The feeds that wait to be polled: a heap of due times, and what each host can bear.
///
/// A feed is a small number of the caller's (an index into its subscriptions); whatever else asks the hosts for something
/// may stand among the feeds. The queue never hands out a
/// feed that is in flight, never more feeds of a host at once than the host bears, and never one before the
/// host's spacing or a promise to it allows; of a host that is busy, the feeds wait in line, so that hundreds
/// that fall due together cost nothing until it is their turn. Moments are those of the caller's clock; see
/// ``SteadyClock``.
///
/// About 37 bytes a feed, and 28 a host. Every operation takes O(log n), but for those that say otherwise.
public struct PollQueue: ~Copyable, Sendable {
  /// A feed number.
  public typealias Feed = UInt32

  /// One feed's place.
  struct Slot {
    var place = Place.absent
    var host: UInt32 = 0
    /// Where it stands in the heap, while it does.
    var position: UInt32 = 0
    /// Its neighbours in its host's line, while it waits there.
    var before = none
    var after = none
    /// The time that usually passes between two polls, in seconds; 0: it was never polled.
    var interval: UInt32 = 0
    static let none = UInt32.max
  }

  /// Where a feed is.
  enum Place: UInt8 {
    /// Unknown to the queue.
    case absent
    /// Known, but not polled until it gets a due time.
    case resting
    /// In the heap by its own due time.
    case due
    /// In its host's line.
    case line
    /// First in its host's line, and in the heap by the moment that the host allows.
    case front
    /// Handed out, and not yet reported back.
    case flying
  }

  /// One host's budget.
  struct Host {
    /// No request before this.
    var allowed: UInt32 = 0
    /// When the last request began, by the caller's milliseconds.
    var lastStart: UInt32 = 0
    var flying: UInt16 = 0
    /// Feeds of the host; a count that has reached the largest stays there.
    var feeds: UInt16 = 0
    /// The line of feeds that are due and wait for the host.
    var first = Slot.none
    var last = Slot.none
  }

  var slots: [Slot] = []
  var hosts: [Host] = []
  private var hostNumbers: [UInt64: UInt32] = [:]
  private var freeHosts: [UInt32] = []
  /// Hosts that lost their last feed since ``forgetHosts(ticks:)``.
  private var idleHosts = 0
  private static let idleLimit = 1024
  /// A 4-ary heap of `due << 32 | feed`.
  var heap: [UInt64] = []
  /// The sum of 1 / interval over all feeds: polls a second.
  private(set) var rate = 0.0
  private var spacing: UInt32
  private var perHost: UInt16
  /// How many feeds are handed out.
  public private(set) var inFlight = 0
  /// How many feeds the queue knows.
  public private(set) var count = 0

  /// An empty queue that keeps `perHostSpacing` seconds between the starts of two requests to a host, and has
  /// at most `perHostInFlight` of them under way.
  public init(perHostSpacing: Int = 2, perHostInFlight: Int = 1) {
    spacing = UInt32(clamping: perHostSpacing)
    perHost = UInt16(clamping: max(1, perHostInFlight))
  }

  /// Takes over other bounds; hosts that are busier than the new ones allow finish what they do.
  public mutating func reconfigure(perHostSpacing: Int, perHostInFlight: Int) {
    spacing = UInt32(clamping: perHostSpacing)
    perHost = UInt16(clamping: max(1, perHostInFlight))
    for host in hosts.indices { wake(UInt32(host)) }
  }

  /// Makes room for so many feeds.
  public mutating func reserve(_ feeds: Int) {
    slots.reserveCapacity(feeds)
    heap.reserveCapacity(feeds)
  }

  // MARK: Feeds come and go

  /// Adds a feed, or changes its host, due time and interval (seconds between polls; 0: never polled).
  ///
  /// Without a due time it rests. A feed in flight stays so, and takes its due time when it is reported back.
  public mutating func insert(_ feed: Feed, host: String, due: Timestamp?, interval: Int = 0) {
    while slots.count <= Int(feed) { slots.append(Slot()) }
    let number = hostNumber(host)
    let index = Int(feed)
    if slots[index].place != .absent { count(-1, on: slots[index].host) }
    count(1, on: number)
    if slots[index].place == .flying {
      if slots[index].host != number {
        hosts[Int(slots[index].host)].flying -= 1
        hosts[Int(number)].flying += 1
        wake(slots[index].host)
      }
    } else {
      detach(feed)
      if slots[index].place == .absent { count += 1 }
      slots[index].place = .resting
    }
    slots[index].host = number
    setInterval(interval, of: feed)
    if slots[index].place == .resting, let due { push(feed, due: Self.ticks(due), place: .due) }
  }

  /// Changes when a feed is due; nil lets it rest. Nothing where it is unknown or in flight.
  public mutating func update(_ feed: Feed, due: Timestamp?, interval: Int? = nil) {
    guard knows(feed), slots[Int(feed)].place != .flying else { return }
    detach(feed)
    slots[Int(feed)].place = .resting
    if let interval { setInterval(interval, of: feed) }
    if let due { push(feed, due: Self.ticks(due), place: .due) }
  }

  /// Forgets a feed. One in flight is forgotten, too, and need not be reported back.
  public mutating func remove(_ feed: Feed) {
    guard knows(feed) else { return }
    if slots[Int(feed)].place == .flying { land(feed) }
    detach(feed)
    setInterval(0, of: feed)
    count(-1, on: slots[Int(feed)].host)
    if hosts[Int(slots[Int(feed)].host)].feeds == 0 { idleHosts += 1 }
    slots[Int(feed)] = Slot()
    count -= 1
  }

  /// Forgets hosts that have no feeds and are not to be left alone: the pages that feeds link to are of ever more hosts.
  private mutating func forgetHosts(ticks: UInt32) {
    idleHosts = 0
    for (hash, number) in hostNumbers {
      let host = hosts[Int(number)]
      guard host.feeds == 0, host.flying == 0, host.allowed <= ticks else { continue }
      hostNumbers[hash] = nil
      hosts[Int(number)] = Host()
      freeHosts.append(number)
    }
  }

  /// Takes back a feed that was handed out, with its next due time.
  ///
  /// Nothing where it is not in flight.
  public mutating func finish(_ feed: Feed, due: Timestamp?, interval: Int) {
    guard knows(feed), slots[Int(feed)].place == .flying else { return }
    land(feed)
    slots[Int(feed)].place = .resting
    setInterval(interval, of: feed)
    if let due { push(feed, due: Self.ticks(due), place: .due) }
  }

  /// Whether a feed is handed out.
  public func isInFlight(_ feed: Feed) -> Bool { knows(feed) && slots[Int(feed)].place == .flying }

  private mutating func count(_ change: Int, on host: UInt32) {
    let feeds = hosts[Int(host)].feeds
    if feeds < .max { hosts[Int(host)].feeds = UInt16(clamping: Int(feeds) + change) }
  }

  /// Whether other feeds have the same host, so that its connection is worth keeping.
  public func sharesHost(_ feed: Feed) -> Bool {
    knows(feed) && hosts[Int(slots[Int(feed)].host)].feeds > 1
  }

  // MARK: Due feeds

  /// The next moment at which ``popDue(now:limit:)`` can give a feed; nil while there is none.
  public var nextDue: Timestamp? { heap.first.map { Self.moment(UInt32($0 >> 32)) } }

  /// The feed that ``nextDue`` is the moment of.
  public var nextFeed: Feed? { heap.first.map { UInt32(truncatingIfNeeded: $0) } }

  /// Hands out feeds that are due and whose host bears a request, at most `limit`, ordered by host.
  ///
  /// - Parameter milliseconds: the reading of a clock that nobody can set, by which the spacing is kept to the
  ///   millisecond; without it a second that has only begun counts as a whole one.
  public mutating func popDue(now: Timestamp, limit: Int, milliseconds: UInt32? = nil) -> [Feed] {
    let ticks = Self.ticks(now)
    if idleHosts >= Self.idleLimit { forgetHosts(ticks: ticks) }
    var out: [Feed] = []
    while out.count < limit, let top = heap.first, UInt32(top >> 32) <= ticks {
      let feed = UInt32(truncatingIfNeeded: top)
      let host = Int(slots[Int(feed)].host)
      let isFront = slots[Int(feed)].place == .front
      removeFromHeap(feed)
      if !isFront { queueUp(feed) }
      guard hosts[host].first == feed, hosts[host].flying < perHost, hosts[host].allowed <= ticks else {
        slots[Int(feed)].place = .line
        wake(UInt32(host))
        continue
      }
      if let milliseconds {
        guard milliseconds &- hosts[host].lastStart >= spacing &* 1000 else {
          hosts[host].allowed = ticks &+ 1
          slots[Int(feed)].place = .line
          wake(UInt32(host))
          continue
        }
        hosts[host].lastStart = milliseconds
      }
      leaveLine(feed)
      slots[Int(feed)].place = .flying
      inFlight += 1
      hosts[host].flying += 1
      hosts[host].allowed = ticks &+ spacing
      wake(UInt32(host))
      out.append(feed)
    }
    out.sort { (slots[Int($0)].host, $0) < (slots[Int($1)].host, $1) }
    return out
  }

  /// Lets no request go to a host before a moment: a promise of Retry-After, or of a request just made.
  public mutating func hold(host: String, until moment: Timestamp) {
    let number = hostNumber(host)
    let ticks = Self.ticks(moment)
    guard ticks > hosts[Int(number)].allowed else { return }
    hosts[Int(number)].allowed = ticks
    wake(number)
  }

  /// Whether a feed is due and waits to be handed out.
  public func isDue(_ feed: Feed, now: Timestamp) -> Bool {
    guard knows(feed) else { return false }
    let slot = slots[Int(feed)]
    return switch slot.place {
    case .absent, .resting, .flying: false
    case .due: UInt32(heap[Int(slot.position)] >> 32) <= Self.ticks(now)
    case .line, .front: true
    }
  }

  /// Until when a feed that is due waits for its host; nil where it does not.
  public func heldUntil(_ feed: Feed, now: Timestamp) -> Timestamp? {
    guard isDue(feed, now: now) else { return nil }
    let allowed = hosts[Int(slots[Int(feed)].host)].allowed
    return allowed > Self.ticks(now) ? Self.moment(allowed) : nil
  }

  /// From when on the host of a feed may be asked.
  public func hostAllows(_ feed: Feed) -> Timestamp {
    Self.moment(knows(feed) ? hosts[Int(slots[Int(feed)].host)].allowed : 0)
  }

  /// Lets requests go to the host of a feed although it was promised rest; their spacing stays.
  public mutating func breakHold(on feed: Feed, now: Timestamp) {
    guard knows(feed) else { return }
    let host = Int(slots[Int(feed)].host)
    hosts[host].allowed = min(hosts[host].allowed, Self.ticks(now) &+ spacing)
    wake(UInt32(host))
  }

  // MARK: Spread

  /// Spreads the feeds that are overdue over a little more than the time that so many polls usually take,
  /// oldest first.
  ///
  /// For the start, and after a sleep of the machine. `fastest` is the least mean number of seconds between
  /// two of them: few feeds do not wait for hours. Feeds that were never polled are left as they are. O(n log
  /// n).
  public mutating func spreadOverdue(
    now: Timestamp, fastest: Double = 5, random: inout some RandomNumberGenerator
  ) {
    let ticks = Self.ticks(now)
    var overdue = heap.filter { entry in
      let slot = slots[Int(UInt32(truncatingIfNeeded: entry))]
      return UInt32(entry >> 32) < ticks && slot.place == .due && slot.interval > 0
    }
    guard overdue.count > 1, rate > 0 else { return }
    overdue.sort()
    // With the polls that fall due meanwhile, the load stays under twice the mean.
    let step = min(1.3 / rate, fastest)
    for (index, entry) in overdue.enumerated() {
      let offset = (Double(index) + Double.random(in: 0..<1, using: &random)) * step
      let feed = UInt32(truncatingIfNeeded: entry)
      removeFromHeap(feed)
      push(feed, due: ticks &+ UInt32(clamping: Int64(offset)), place: .due)
    }
  }

  /// Moves all moments by so many seconds: the caller's clock was set. O(n).
  public mutating func shift(by seconds: Int64) {
    let step = min(max(seconds, -(1 << 33)), 1 << 33)
    func moved(_ ticks: UInt32) -> UInt32 { UInt32(clamping: Int64(ticks) + step) }
    for index in hosts.indices where hosts[index].allowed > 0 {
      hosts[index].allowed = moved(hosts[index].allowed)
    }
    // The order stays: all move alike, and the clamped ends keep their ties by feed.
    for index in heap.indices {
      heap[index] = UInt64(moved(UInt32(heap[index] >> 32))) << 32 | heap[index] & 0xFFFF_FFFF
    }
    if seconds != 0 { rebuildHeap() }
  }

  // MARK: Lines of hosts

  private mutating func queueUp(_ feed: Feed) {
    let host = Int(slots[Int(feed)].host)
    let last = hosts[host].last
    slots[Int(feed)].place = .line
    slots[Int(feed)].before = last
    slots[Int(feed)].after = Slot.none
    if last == Slot.none { hosts[host].first = feed } else { slots[Int(last)].after = feed }
    hosts[host].last = feed
  }

  private mutating func leaveLine(_ feed: Feed) {
    let host = Int(slots[Int(feed)].host)
    let (before, after) = (slots[Int(feed)].before, slots[Int(feed)].after)
    if before == Slot.none { hosts[host].first = after } else { slots[Int(before)].after = after }
    if after == Slot.none { hosts[host].last = before } else { slots[Int(after)].before = before }
    slots[Int(feed)].before = Slot.none
    slots[Int(feed)].after = Slot.none
  }

  /// Puts the first of a host's line into the heap, at the moment that the host allows, unless the host is
  /// busy.
  private mutating func wake(_ host: UInt32) {
    let first = hosts[Int(host)].first
    guard first != Slot.none else { return }
    if slots[Int(first)].place == .front { removeFromHeap(first) }
    slots[Int(first)].place = .line
    guard hosts[Int(host)].flying < perHost else { return }
    push(first, due: hosts[Int(host)].allowed, place: .front)
  }

  /// Ends a flight.
  private mutating func land(_ feed: Feed) {
    let host = slots[Int(feed)].host
    inFlight -= 1
    hosts[Int(host)].flying -= 1
    slots[Int(feed)].place = .resting
    wake(host)
  }

  /// Takes a feed out of the heap and of its host's line.
  private mutating func detach(_ feed: Feed) {
    switch slots[Int(feed)].place {
    case .absent, .resting, .flying: return
    case .due: removeFromHeap(feed)
    case .line: leaveLine(feed)
    case .front:
      removeFromHeap(feed)
      leaveLine(feed)
      wake(slots[Int(feed)].host)
    }
    slots[Int(feed)].place = .resting
  }

  // MARK: Small parts

  private func knows(_ feed: Feed) -> Bool { Int(feed) < slots.count && slots[Int(feed)].place != .absent }

  private mutating func setInterval(_ interval: Int, of feed: Feed) {
    let old = slots[Int(feed)].interval
    if old > 0 { rate = max(0, rate - 1 / Double(old)) }
    let new = UInt32(clamping: interval)
    if new > 0 { rate += 1 / Double(new) }
    slots[Int(feed)].interval = new
  }

  private mutating func hostNumber(_ name: String) -> UInt32 {
    // FNV-1a: names are only told apart; two that collide share a budget.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var name = name
    name.withUTF8 { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
    if let known = hostNumbers[hash] { return known }
    let number = freeHosts.popLast() ?? UInt32(hosts.count)
    if Int(number) == hosts.count { hosts.append(Host()) }
    hostNumbers[hash] = number
    return number
  }

  /// Seconds since 2020: what fits into 32 bits until 2156.
  private static let epoch: Int64 = 1_577_836_800
  private static func ticks(_ moment: Timestamp) -> UInt32 {
    let (ticks, overflow) = moment.seconds.subtractingReportingOverflow(epoch)
    return overflow ? (moment.seconds < 0 ? 0 : .max) : UInt32(clamping: ticks)
  }
  private static func moment(_ ticks: UInt32) -> Timestamp { Timestamp(seconds: epoch + Int64(ticks)) }

  /// Puts a feed into the heap.
  private mutating func push(_ feed: Feed, due: UInt32, place: Place) {
    slots[Int(feed)].place = place
    pushHeap(UInt64(due) << 32 | UInt64(feed))
  }
}
