import Dispatch
import PrecisNormalise

/// A queue for the work that costs CPU, with the tools that are not shared between threads.
///
/// There are as many workers as processors; a feed keeps the worker that it began with, so what belongs to a feed
/// happens in order without a lock.
final class Worker: @unchecked Sendable {  // `normaliser` is confined to `queue`.
  let queue: DispatchQueue
  let normaliser = Normaliser()

  init(number: Int) { queue = DispatchQueue(label: "precis.worker.\(number)", qos: .utility) }
}
