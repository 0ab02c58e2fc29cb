/// The elements that are open, outermost first; at most a fixed number.
final class FrameStack {
  private let start: UnsafeMutablePointer<Frame>
  private let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  // `Frame` is trivial: there is nothing to deinitialise.
  deinit { start.deallocate() }

  /// The element at a place.
  subscript(index: Int) -> Frame {
    get {
      precondition(index >= 0 && index < count)
      return start[index]
    }
    set {
      precondition(index >= 0 && index < count)
      start[index] = newValue
    }
  }

  /// The base of the innermost element.
  var lastBase: Int { count > 0 ? start[count - 1].base : 0 }

  /// How the characters of the innermost element are taken.
  var lastTextMode: Frame.TextMode { count > 0 ? start[count - 1].textMode : .ignore }

  var last: Frame? { count > 0 ? start[count - 1] : nil }

  /// Opens an element; false: there is no more room.
  func append(_ frame: Frame) -> Bool {
    guard count < capacity else { return false }
    (start + count).initialize(to: frame)
    count += 1
    return true
  }

  func popLast() -> Frame? {
    guard count > 0 else { return nil }
    count -= 1
    return start[count]
  }

  /// The innermost element that is no markup.
  var lastElement: Frame? {
    var index = count - 1
    while index >= 0, start[index].isMarkup { index -= 1 }
    return index >= 0 ? start[index] : nil
  }
}
