import PrecisModel

/// The subscriptions as small numbers, which is how the queue knows them; their states stay in the store.
///
/// About 50 bytes a feed.
struct Subscriptions {
  private var ids: [UInt64] = []
  private var numbers: [UInt64: UInt32] = [:]
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
    if let known = numbers[id.number] { return known }
    let number = UInt32(ids.count)
    ids.append(id.number)
    numbers[id.number] = number
    return number
  }

  func known(_ id: FeedID) -> UInt32? { numbers[id.number] }

  func id(_ number: UInt32) -> FeedID? {
    Int(number) < ids.count ? FeedID(number: ids[Int(number)]) : nil
  }

  /// The feed that is polled at an address.
  func feed(at url: String) -> UInt32? { moved[url] ?? numbers[FeedID(url: url).number] }

  mutating func moved(_ number: UInt32, to url: String) { moved[url] = number }

  mutating func remove(_ id: FeedID) { numbers[id.number] = nil }
}
