import Dispatch
import PrecisURL
import Synchronization

/// Fetches documents over HTTP and HTTPS: politely, within bounds, from public addresses alone.
///
/// All transfers share one serial queue and no further thread. The sink and the completion are called on that
/// queue and must only hand over. Requests beyond the bounds wait in order; spacing in time is the scheduler's.
public final class Fetcher: Sendable {
  private let queue: DispatchQueue
  /// Says on which fetcher's queue code runs.
  private static let queueKey = DispatchSpecificKey<ObjectIdentifier>()
  private let engine: FetchEngine
  private let numbers = Atomic<UInt64>(0)
  private let requests = Mutex(Requests())

  /// Requests on their way, in two buffers that take turns.
  private struct Requests {
    var waiting: [Waiting] = []
    var spare: [Waiting] = []
  }

  /// A request on its way to the queue.
  private struct Waiting: Sendable {
    let request: FetchRequest
    let token: FetchToken
    let sink: any BodySink
    let completion: @Sendable (FetchResult) -> Void
  }

  private let settings: Mutex<FetchConfiguration>

  /// A fetcher that is ready; nothing runs until something is fetched.
  ///
  /// - Parameter target: a serial queue that the fetcher's own runs on; who takes its answers to a queue of their own
  ///   spares the waking of one thread by another. It must never wait for the fetcher.
  /// - Throws: `FetcherError` where a CA bundle is named that cannot be read, or the system gives no descriptor.
  public init(configuration: FetchConfiguration, target: DispatchQueue? = nil) throws(FetcherError) {
    let queue = DispatchQueue(label: "precis.fetch", target: target)
    let engine = try FetchEngine(configuration: configuration, queue: queue)
    self.queue = queue
    self.engine = engine
    settings = Mutex(configuration)
    queue.setSpecific(key: Self.queueKey, value: ObjectIdentifier(self))
    queue.async { @Sendable in engine.start() }
  }

  deinit {
    queue.async { @Sendable [engine] in engine.shutDown() }
  }

  /// Fetches a document.
  ///
  /// `completion` is called exactly once, on the fetch queue, after the last call of the sink. After a failure
  /// what the sink was given is the beginning of a document at best.
  @discardableResult
  public func fetch(
    _ request: FetchRequest, into sink: any BodySink,
    completion: @escaping @Sendable (FetchResult) -> Void
  ) -> FetchToken {
    let token = FetchToken(number: numbers.add(1, ordering: .relaxed).newValue)
    if DispatchQueue.getSpecific(key: Self.queueKey) == ObjectIdentifier(self) {
      engine.fetch(request, token, sink, completion)
      return token
    }
    let isFirst = requests.withLock { requests in
      requests.waiting.append(Waiting(request: request, token: token, sink: sink, completion: completion))
      return requests.waiting.count == 1
    }
    if isFirst { queue.async { @Sendable [self] in admit() } }
    return token
  }

  /// Takes the requests that came since the last time: one wake-up serves them all.
  private func admit() {
    var all = requests.withLock { requests in
      swap(&requests.waiting, &requests.spare)
      defer { requests.spare = [] }
      return requests.spare
    }
    engine.turn { for one in all { engine.fetch(one.request, one.token, one.sink, one.completion) } }
    all.removeAll(keepingCapacity: true)
    requests.withLock { [all] requests in requests.spare = all }
  }

  /// Has `told` called on the fetch queue whenever transfers have lasted so long that others may begin.
  public func onSlotsReleased(_ told: @escaping @Sendable () -> Void) {
    queue.async { @Sendable [engine] in engine.slotsReleased = told }
  }

  /// Has `told` called on the fetch queue whenever it is done with what has come for now: a fetch that is begun there and
  /// then begins at once.
  public func onTurnEnd(_ told: @escaping @Sendable () -> Void) {
    queue.async { @Sendable [engine] in engine.turnEnded = told }
  }

  /// Ends a fetch, whose completion is then called with `cancelled`; nothing where it is over already.
  public func cancel(_ token: FetchToken) {
    queue.async { @Sendable [engine] in engine.cancel(token) }
  }

  /// Takes other bounds over; transfers that run keep theirs.
  ///
  /// - Throws: `FetcherError` where a CA bundle is named that cannot be read; the old bounds stay then.
  public func reconfigure(_ configuration: FetchConfiguration) throws(FetcherError) {
    if let bundle = configuration.caBundle { try CABundle.check(bundle) }
    queue.async { @Sendable [engine] in engine.reconfigure(configuration) }
  }

  /// Ends all fetches, whose completions are called with `cancelled`, then calls `done` on the fetch queue.
  ///
  /// It takes no longer than the sinks and completions take; later fetches are cancelled at once.
  public func shutdown(_ done: @escaping @Sendable () -> Void = {}) {
    queue.async { @Sendable [engine] in
      engine.shutDown()
      done()
    }
  }

  /// Transfers under way that are not counted against `FetchConfiguration.maxConcurrent`, since they last so long.
  public var slowTransfers: Int { engine.slowTransfers.load(ordering: .relaxed) }

  /// What was done so far, as of now; waits for the fetch queue, and must not be called on it.
  public var statistics: FetchStatistics { queue.sync { engine.currentStatistics() } }

  /// Calls `done` on the fetch queue: a sign that it is not stuck.
  public func ping(_ done: @escaping @Sendable () -> Void) { queue.async(execute: done) }
}
