/// Requests that wait for a slot: first come, first served, at most so many at once in all and to one host.
///
/// Items that take long give their slot back, so that servers which never answer do not hold up the others; as many as
/// there are slots may do so at once.
/// A host at its bound holds up its own requests alone; when one of them may go on it queues up behind the
/// others. All operations take constant time.
struct TransferQueue<Item> {
  private struct Host {
    var active = 0
    var waiting = FIFO<Item>()

    /// Counts an item as active, or has it wait.
    mutating func begin(_ item: Item, limit: Int) -> Bool {
      guard active < limit else {
        waiting.append(item)
        return false
      }
      active += 1
      return true
    }
  }
  private var ready = FIFO<(item: Item, host: String)>()
  private var hosts: [String: Host] = [:]
  private(set) var active = 0
  private(set) var waiting = 0
  /// Active items without a slot.
  private(set) var slow = 0
  /// Items at once, those without a slot not counted.
  var limit: Int
  /// Items at once of one host.
  var hostLimit: Int

  init(limit: Int, hostLimit: Int) {
    self.limit = limit
    self.hostLimit = hostLimit
  }

  mutating func append(_ item: Item, host: String) {
    waiting += 1
    ready.append((item, host))
  }

  /// The next item that may start now, counted as active; nil where none may.
  mutating func next() -> (item: Item, host: String)? {
    while !isFull, let candidate = ready.popFirst() {
      guard hosts[candidate.host, default: Host()].begin(candidate.item, limit: hostLimit) else { continue }
      active += 1
      waiting -= 1
      return candidate
    }
    return nil
  }

  /// Whether every slot is taken.
  var isFull: Bool { active - slow >= limit }

  /// Whether a further item may do without a slot.
  var canReleaseSlot: Bool { slow < limit }

  /// Takes the slot of an active item back, if it may do without; its end must be told as that of a slow one.
  mutating func releaseSlot() -> Bool {
    guard canReleaseSlot else { return false }
    slow += 1
    return true
  }

  /// Whether further items of a host wait.
  func hasWaiting(host: String) -> Bool { hosts[host].map { !$0.waiting.isEmpty } ?? false }

  /// An active item of a host is over.
  mutating func finish(host: String, isSlow: Bool) {
    guard let index = hosts.index(forKey: host) else { return }
    active -= 1
    if isSlow { slow -= 1 }
    hosts.values[index].active -= 1
    if let item = hosts.values[index].waiting.popFirst() {
      ready.append((item, host))
    } else if hosts.values[index].active == 0 {
      hosts.remove(at: index)
    }
  }

  /// Takes out all that wait.
  mutating func removeWaiting() -> [Item] {
    var items: [Item] = []
    while let next = ready.popFirst() { items.append(next.item) }
    for key in hosts.keys {
      while let item = hosts[key]?.waiting.popFirst() { items.append(item) }
    }
    waiting = 0
    return items
  }
}

/// A queue with constant-time ends.
struct FIFO<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: elements.count <= 1024)
      head = 0
    } else if head > 1024, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}
