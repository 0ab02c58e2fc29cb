import Synchronization

/// Takes a body in as it arrives.
public protocol BodySink: AnyObject, Sendable {
  /// The answer's head, before the first chunk; called on the fetch queue, only for a 200.
  func begin(_ head: ResponseHead)
  /// A piece of the body, decompressed, not empty; called on the fetch queue, only after a 200.
  ///
  /// Pieces are of 128 KiB or so, or the whole body where it is smaller. The transfer pauses while more than
  /// `FetchConfiguration.maxOutstandingBytes` have not been released.
  func receive(_ chunk: [UInt8], _ credit: BodyCredit)
}

extension BodySink {
  /// Nothing.
  public func begin(_ head: ResponseHead) {}
}

/// The right to hold a piece of a body in memory: given back when the piece has been used.
public final class BodyCredit: Sendable {
  private let flow: BodyFlow
  private let bytes: Atomic<Int>

  init(flow: BodyFlow, bytes: Int) {
    self.flow = flow
    self.bytes = Atomic(bytes)
  }

  /// One that no transfer waits for.
  public convenience init() { self.init(flow: BodyFlow(limit: .max, resume: {}), bytes: 0) }

  /// Gives it back; from any thread, further calls do nothing. A credit that is let go gives itself back.
  public func release() {
    let held = bytes.exchange(0, ordering: .relaxed)
    if held > 0 { flow.released(held) }
  }

  deinit { release() }
}

/// Counts what the sink holds of one body, and wakes the paused transfer.
final class BodyFlow: Sendable {
  private let outstanding = Atomic<Int>(0)
  private let paused = Atomic<Bool>(false)
  private let limit: Int
  private let resume: @Sendable () -> Void

  /// `resume` is called from the thread that released, once per pause.
  init(limit: Int, resume: @escaping @Sendable () -> Void) {
    self.limit = limit
    self.resume = resume
  }

  func lent(_ bytes: Int) { outstanding.add(bytes, ordering: .sequentiallyConsistent) }

  func released(_ bytes: Int) {
    let left = outstanding.subtract(bytes, ordering: .sequentiallyConsistent).newValue
    if left <= limit / 2, paused.exchange(false, ordering: .sequentiallyConsistent) { resume() }
  }

  /// Whether the transfer must pause now; if so, `resume` will be called.
  func mustPause() -> Bool {
    guard outstanding.load(ordering: .sequentiallyConsistent) > limit else { return false }
    paused.store(true, ordering: .sequentiallyConsistent)
    // What was released between the two lines has seen no pause to end: look again.
    if outstanding.load(ordering: .sequentiallyConsistent) <= limit / 2 {
      return !paused.exchange(false, ordering: .sequentiallyConsistent)
    }
    return true
  }
}
