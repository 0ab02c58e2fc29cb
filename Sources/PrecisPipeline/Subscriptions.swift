import PrecisModel

/// The subscriptions as small numbers, which is how the queue knows them; their states stay in the store.
///
/// About 50 bytes a feed.
struct Subscriptions {
  private var ids: [UInt64] = []
  private var isFree: [Bool] = []
  private var spare: [UInt32] = []
  private var numbers: [FeedID: UInt32] = [:]
  /// Feeds that are polled at another address than the one that their id is the hash of.
  private var moved: [String: UInt32] = [:]

  /// How many numbers were given.
  var count: Int { numbers.count }

  mutating func reserve(_ count: Int) {
    ids.reserveCapacity(count)
    numbers.reserveCapacity(count)
  }

  /// The number of a feed, given at the first asking.
  mutating func number(of id: FeedID) -> UInt32 {
    if let known = numbers[id] { return known }
    let number = UInt32(ids.count)
    ids.append(id.number)
    isFree.append(false)
    numbers[id] = number
    return number
  }

  /// Remembers whether a feed may be polled whenever a person asks: it is active, and no server was promised anything.
  mutating func note(_ state: FeedState, of number: UInt32) {
    isFree[Int(number)] = state.status == .active && state.notBefore == nil
  }

  /// The feeds that may be polled whenever a person asks, and those whose states say whether they may.
  func split() -> (free: [UInt32], others: [FeedID]) {
    var free: [UInt32] = []
    var others: [FeedID] = []
    for (index, id) in ids.enumerated() where numbers[FeedID(number: id)] == UInt32(index) {
      if isFree[index] { free.append(UInt32(index)) } else { others.append(FeedID(number: id)) }
    }
    return (free, others)
  }

  func known(_ id: FeedID) -> UInt32? { numbers[id] }

  /// The feed of a number; nil for a number that is no feed's.
  func id(_ number: UInt32) -> FeedID? {
    guard Int(number) < ids.count, ids[Int(number)] != 0 else { return nil }
    return FeedID(number: ids[Int(number)])
  }

  /// A number that is no feed's, for what waits in the queue beside the feeds.
  mutating func takeSpareNumber() -> UInt32 {
    if let free = spare.popLast() { return free }
    ids.append(0)
    isFree.append(false)
    return UInt32(ids.count - 1)
  }

  /// Gives a spare number back.
  mutating func giveBack(_ number: UInt32) { spare.append(number) }

  /// The feed that is polled at an address.
  func feed(at url: String) -> UInt32? { moved[url] ?? numbers[FeedID(url: url)] }

  /// Remembers where a feed is polled; its former addresses, but for the first, are free again.
  mutating func moved(_ number: UInt32, to url: String) {
    forgetAddresses(of: number)
    moved[url] = number
  }

  mutating func remove(_ id: FeedID) {
    guard let number = numbers.removeValue(forKey: id) else { return }
    forgetAddresses(of: number)
  }

  private mutating func forgetAddresses(of number: UInt32) {
    // Few feeds move; all of them are looked through.
    for (url, other) in moved where other == number { moved[url] = nil }
  }
}
