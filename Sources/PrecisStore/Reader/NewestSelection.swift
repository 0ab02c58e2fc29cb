/// Keeps the newest `limit` of many: a binary heap whose root is the oldest that is kept.
struct NewestSelection {
  typealias Entry = (date: UInt32, order: Int64)

  private let limit: Int
  private var heap: [Entry] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1 << 16))
  }

  /// Whether something with this date could be among the newest.
  func admits(_ date: UInt32) -> Bool { heap.count < limit || date >= heap[0].date }

  /// Takes in one more.
  mutating func add(date: UInt32, order: Int64) {
    let entry: Entry = (date, order)
    if heap.count < limit {
      heap.append(entry)
      var child = heap.count - 1
      while child > 0, heap[child] < heap[(child - 1) / 2] {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
      return
    }
    guard limit > 0, heap[0] < entry else { return }
    heap[0] = entry
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  /// What is kept, newest first.
  var sorted: [Entry] { heap.sorted { $0 > $1 } }
}

extension KeyIndex {
  /// Gives the articles of a feed (nil: of all) with a date in a range to `body`, as far as they are worth it.
  func forEachDated(
    feed: UInt64?, dates range: ClosedRange<UInt32>, worthOf: (UInt32) -> Bool,
    _ body: (UInt32, UInt32) -> Void
  ) {
    guard count > 0 else { return }
    for ordinal in 1...UInt32(count) {
      let date = date(ordinal)
      guard date != 0, range.contains(date), feed == nil || self.feed(ordinal) == feed, worthOf(date) else {
        continue
      }
      body(ordinal, date)
    }
  }
}
