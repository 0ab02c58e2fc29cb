import Dispatch
import PrecisNormalise

/// A queue for the work that costs CPU, with the tools that are not shared between threads.
///
/// There are as many workers as processors; a feed keeps the worker that it began with, so what belongs to a feed
/// happens in order without a lock.
final class Worker: @unchecked Sendable {  // All state is confined to `queue`.
  let queue: DispatchQueue
  let normaliser = Normaliser()

  /// Documents that are open at once: enough that the worker and the store never wait for each other. A document
  /// takes several times its size between its parse and the store; those that came meanwhile wait as bytes.
  private static let openLimit = 3
  private var open = 0
  private var waiting: [() -> Void] = []
  private var next = 0

  init(number: Int) { queue = DispatchQueue(label: "precis.worker.\(number)", qos: .utility) }

  /// Does `work`, which opens a document, now or when others were closed.
  func whenOpen(_ work: @escaping () -> Void) {
    guard open >= Self.openLimit else {
      open += 1
      return work()
    }
    waiting.append(work)
  }

  /// A document that was opened is in the store, or has come to nothing; called once for each.
  func close() {
    guard next < waiting.count else {
      open -= 1
      return
    }
    let work = waiting[next]
    next += 1
    if next == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      next = 0
    }
    work()
  }
}
