/// The 4-ary heap of the queue; every slot knows its position, so that a feed can be taken out from the
/// middle.
extension PollQueue {
  mutating func pushHeap(_ entry: UInt64) {
    heap.append(entry)
    up(heap.count - 1)
  }

  mutating func removeFromHeap(_ feed: Feed) {
    let hole = Int(slots[Int(feed)].position)
    guard hole < heap.count, UInt32(truncatingIfNeeded: heap[hole]) == feed else { return }
    let last = heap.removeLast()
    guard hole < heap.count else { return }
    heap[hole] = last
    slots[Int(UInt32(truncatingIfNeeded: last))].position = UInt32(hole)
    up(hole)
    down(Int(slots[Int(UInt32(truncatingIfNeeded: last))].position))
  }

  mutating func rebuildHeap() {
    for index in heap.indices { slots[Int(UInt32(truncatingIfNeeded: heap[index]))].position = UInt32(index) }
    guard heap.count > 1 else { return }
    for index in stride(from: (heap.count - 2) / 4, through: 0, by: -1) { down(index) }
  }

  private mutating func up(_ start: Int) {
    var at = start
    let entry = heap[at]
    while at > 0 {
      let parent = (at - 1) / 4
      guard entry < heap[parent] else { break }
      place(heap[parent], at: at)
      at = parent
    }
    place(entry, at: at)
  }

  private mutating func down(_ start: Int) {
    var at = start
    let entry = heap[at]
    while true {
      let first = 4 * at + 1
      guard first < heap.count else { break }
      var least = first
      for child in (first + 1)..<min(first + 4, heap.count + 1) where child < heap.count {
        if heap[child] < heap[least] { least = child }
      }
      guard heap[least] < entry else { break }
      place(heap[least], at: at)
      at = least
    }
    place(entry, at: at)
  }

  private mutating func place(_ entry: UInt64, at index: Int) {
    heap[index] = entry
    slots[Int(UInt32(truncatingIfNeeded: entry))].position = UInt32(index)
  }
}
