/// Keeps the newest `limit` of many: a binary heap whose root is the oldest that is kept.
struct NewestSelection {
  typealias Entry = (date: UInt32, order: Int64)

  private let limit: Int
  private var heap: [Entry] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1 << 16))
  }

  /// What is older than this cannot be among the newest.
  var floor: UInt32 { heap.count < limit ? 0 : heap[0].date }

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
  /// The newest articles of a feed (nil: of all) with a date in a range: dates and orders, newest first.
  ///
  /// Looks at 4 bytes an article, the last ones first: they are mostly the newest, so that few others are weighed.
  func newest(_ limit: Int, feed: UInt64?, dates range: ClosedRange<UInt32>) -> [NewestSelection.Entry] {
    var selection = NewestSelection(limit: limit)
    var floor = max(range.lowerBound, 1)
    let last = range.upperBound
    withColumns { dates, feeds in
      var ordinal = count
      while ordinal > 0 {
        let date = dates[ordinal]
        if date >= floor, date <= last, feed == nil || feeds[ordinal] == feed {
          selection.add(date: date, order: order(UInt32(ordinal)))
          floor = max(floor, selection.floor)
        }
        ordinal &-= 1
      }
    }
    return selection.sorted
  }
}
