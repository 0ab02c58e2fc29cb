import PrecisModel

/// Where the newest state line of each feed lies: a few dozen bytes a feed, the states themselves stay on disk.
struct StateTable {
  private var places: [FeedID: LineLocation] = [:]
  /// Bytes of lines that are still the newest of their feed.
  private(set) var liveBytes = 0

  /// A table with room for so many feeds before it grows.
  init(capacity: Int = 0) { places.reserveCapacity(capacity) }

  /// Feeds, removed ones included.
  var count: Int { places.count }

  /// The feeds' numbers, in no order.
  var feeds: some Collection<UInt64> { places.keys.lazy.map(\.number) }

  /// The places of all states, in the order in which they lie in the files.
  var locations: [LineLocation] {
    places.values.sorted { $0.start < $1.start }
  }

  /// Where a feed's state lies.
  func location(_ feed: UInt64) -> LineLocation? { places[FeedID(number: feed)] }

  /// Takes in a newer line of a feed; gives the place of the older one.
  @discardableResult
  mutating func set(_ feed: UInt64, _ location: LineLocation) -> LineLocation? {
    let old = places.updateValue(location, forKey: FeedID(number: feed))
    liveBytes += Int(location.length) - Int(old?.length ?? 0)
    return old
  }

  /// Puts back what `set` replaced.
  mutating func restore(_ feed: UInt64, _ old: LineLocation?) {
    let new = places[FeedID(number: feed)]
    places[FeedID(number: feed)] = old
    liveBytes += Int(old?.length ?? 0) - Int(new?.length ?? 0)
  }

  /// The feed of a state line: `{"seq":N,"id":"16 digits"`.
  static func feed(_ line: UnsafeRawBufferPointer) -> UInt64? {
    guard line.has("{\"seq\":", at: 0), let number = line.decimal(at: 7),
      line.has(",\"id\":\"", at: number.end)
    else { return nil }
    return line.hexadecimal(at: number.end + 7, digits: 16)
  }
}

extension LineLocation {
  fileprivate var start: UInt64 { UInt64(segment) << 32 | UInt64(offset) }
}
