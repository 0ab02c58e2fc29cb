/// What is open, outermost first; at most a fixed number.
final class FixedStack<Element> {
  private let start: UnsafeMutablePointer<Element>
  private let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }

  /// The element at a place.
  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return start[index]
    }
    set {
      precondition(index >= 0 && index < count)
      start[index] = newValue
    }
  }

  /// The innermost.
  var last: Element? {
    @inline(__always) get { count > 0 ? start[count - 1] : nil }
  }

  /// Adds an element; false: there is no more room.
  @inline(__always)
  func append(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    (start + count).initialize(to: element)
    count += 1
    return true
  }

  /// All of them; valid until the next change.
  var all: UnsafeBufferPointer<Element> {
    @inline(__always) get { UnsafeBufferPointer(start: start, count: count) }
  }

  var isEmpty: Bool {
    @inline(__always) get { count == 0 }
  }

  /// Forgets all from a place on.
  @inline(__always)
  func cut(to place: Int) {
    guard 0..<count ~= place else { return }
    (start + place).deinitialize(count: count - place)
    count = place
  }

  /// Where the innermost lies, of one at least; valid until it is forgotten.
  var top: UnsafeMutablePointer<Element> {
    @inline(__always) get {
      precondition(count > 0)
      return start + (count - 1)
    }
  }
}
