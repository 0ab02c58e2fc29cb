import CCurl
import CCurlShims
import Dispatch
import Glibc
import PrecisModel
import PrecisURL
import Synchronization

/// Runs the transfers; all of it lives on one serial queue.
final class FetchEngine: @unchecked Sendable {  // All but one atomic is touched on `queue` alone.
  let queue: DispatchQueue
  private(set) var configuration: FetchConfiguration
  private(set) var guardian: AddressGuard
  private(set) var systemCABundle: String?
  private var statistics = FetchStatistics()
  private let multi: CurlMulti
  private var idle: [EasyHandle] = []
  private var waiting: TransferQueue<Exchange>
  private var exchanges: [UInt64: Exchange] = [:]
  private var hostsWithConnections: Set<String> = []
  private var pausing: [EasyHandle] = []
  private var isWatchingSlots = false
  /// Transfers under way without a slot; read from anywhere.
  let slowTransfers = Atomic<Int>(0)
  /// Told when transfers gave their slots back, on the queue.
  var slotsReleased: (@Sendable () -> Void)?
  /// Told when a turn is over, on the queue.
  var turnEnded: (@Sendable () -> Void)?
  /// The stay of ``CurlMulti/stays`` in which a body last began.
  private var bodyStay = 0
  /// With so many transfers under way an answer comes every moment.
  private static let manyTransfers = 8
  private var generation = 0
  private var isPumping = false
  private var isShutDown = false

  init(configuration: FetchConfiguration, queue: DispatchQueue) throws(FetcherError) {
    self.queue = queue
    self.configuration = configuration
    guardian = AddressGuard(allow: configuration.allowAddresses)
    systemCABundle = CABundle.ofSystem()
    waiting = TransferQueue(limit: configuration.maxConcurrent, hostLimit: configuration.maxPerHost)
    if let bundle = configuration.caBundle { try CABundle.check(bundle) }
    multi = try CurlMulti(queue: queue, keptConnections: configuration.maxConcurrent)
  }

  var usesProxy: Bool { configuration.proxy != nil }

  func start() {
    multi.finished = { [unowned self] easy, code in transferIsOver(easy, code) }
    multi.turnEnded = { [unowned self] in
      let handles = pausing
      pausing.removeAll(keepingCapacity: true)
      for handle in handles { handle.takePause() }
      turnEnded?()
    }
    // Bodies are work for others, whose results are not to wait.
    multi.isNextNear = { [unowned self] in
      waiting.active - waiting.slow >= Self.manyTransfers && bodyStay != multi.stays
    }
    multi.start()
  }

  // MARK: Requests

  /// Does work that begins fetches, and begins with their transfers.
  func turn(_ work: () -> Void) {
    guard !isShutDown else { return work() }
    multi.turn(work)
  }

  func fetch(
    _ request: FetchRequest, _ token: FetchToken, _ sink: any BodySink,
    _ completion: @escaping @Sendable (FetchResult) -> Void
  ) {
    func refuse(_ failure: FetchFailure) {
      statistics.completed += 1
      statistics.failed += 1
      completion(
        FetchResult(
          outcome: .failed(failure, nil), redirects: [], receivedBytes: 0, bodyBytes: 0, milliseconds: 0,
          address: nil))
    }
    guard !isShutDown else { return refuse(.cancelled) }
    let normal = WebURL(normal: request.url)
    guard let url = normal ?? WebURL(request.url) else { return refuse(.invalidURL(request.url)) }
    guard
      let exchange = Exchange(
        token: token, request: request, url: url, isNormal: normal != nil, configuration: configuration,
        sink: sink, completion: completion)
    else { return refuse(url.isHTTP ? .invalidURL(request.url) : .unsupportedScheme(url.scheme)) }
    exchanges[exchange.token.number] = exchange
    waiting.append(exchange, host: exchange.host)
    pump()
  }

  func cancel(_ token: FetchToken) {
    guard let exchange = exchanges[token.number] else { return }
    if let handle = exchange.handle {
      end(handle, exchange, .failed(.cancelled, nil))
    } else {
      // It keeps its place in the queue and is passed over there.
      exchange.isCancelled = true
      finish(exchange, .failed(.cancelled, nil))
    }
  }

  /// Ends a transfer that runs.
  private func end(_ handle: EasyHandle, _ exchange: Exchange, _ outcome: FetchResult.Outcome) {
    multi.remove(handle.easy)
    detach(handle, exchange)
    finish(exchange, outcome)
    leave(exchange, host: exchange.host)
    pump()
  }

  func resume(_ token: FetchToken) {
    turn { exchanges[token.number]?.handle?.resume() }
  }

  func reconfigure(_ new: FetchConfiguration) {
    configuration = new
    guardian = AddressGuard(allow: new.allowAddresses)
    waiting.limit = new.maxConcurrent
    waiting.hostLimit = new.maxPerHost
    multi.setKeptConnections(new.maxConcurrent)
    generation += 1
    idle.removeAll()
    pump()
  }

  func shutDown() {
    guard !isShutDown else { return }
    isShutDown = true
    let left = exchanges.values.sorted { $0.token.number < $1.token.number }
    _ = waiting.removeWaiting()
    for exchange in left {
      if let handle = exchange.handle {
        multi.remove(handle.easy)
        detach(handle, exchange)
      }
      finish(exchange, .failed(.cancelled, nil))
    }
    idle.removeAll()
    pausing.removeAll()
    slotsReleased = nil
    turnEnded = nil
    multi.close()
  }

  func currentStatistics() -> FetchStatistics {
    var now = statistics
    now.active = waiting.active
    now.waiting = waiting.waiting
    return now
  }

  // MARK: For the handles

  func countConnection() { statistics.connections += 1 }

  func noteBody() { bodyStay = multi.stays }

  func flow(of exchange: Exchange) -> BodyFlow {
    let token = exchange.token
    return exchange.startFlow(limit: configuration.maxOutstandingBytes) { [self] in
      queue.async { @Sendable [self] in resume(token) }
    }
  }

  func pauseAfterTurn(_ handle: EasyHandle) { pausing.append(handle) }

  /// Ends a transfer after `left`, unless this is called for it again before.
  func keepTime(of exchange: Exchange, for left: Duration) {
    let timer = exchange.timer ?? DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + .milliseconds(max(1, left.milliseconds)), leeway: .milliseconds(100))
    guard exchange.timer == nil else { return }
    exchange.timer = timer
    let token = exchange.token
    timer.setEventHandler { @Sendable [weak self] in self?.timeIsUp(token) }
    timer.activate()
  }

  private func timeIsUp(_ token: FetchToken) {
    guard let exchange = exchanges[token.number], let handle = exchange.handle else { return }
    let left = handle.timeLeft(of: exchange)
    guard left <= .milliseconds(1) else { return keepTime(of: exchange, for: left) }
    exchange.spent += .now - exchange.hopStart
    end(handle, exchange, .failed(.timeout(.receiving, after: exchange.spent), handle.head))
  }

  func head(of handle: EasyHandle, _ exchange: Exchange) -> ResponseHead {
    ResponseHead(handle.headers, url: exchange.url, urlText: exchange.urlText) {
      Timestamp(seconds: Int64(time(nil)))
    }
  }

  // MARK: Transfers

  private func pump() {
    guard !isPumping, !isShutDown else { return }
    isPumping = true
    while let (exchange, host) = waiting.next() {
      if exchange.isCancelled || !begin(exchange) { leave(exchange, host: host) }
    }
    isPumping = false
    watchSlots()
  }

  /// A transfer is over: the slot that it may still have is free.
  private func leave(_ exchange: Exchange, host: String) {
    waiting.finish(host: host, isSlow: exchange.isSlow)
    exchange.isSlow = false
    slowTransfers.store(waiting.slow, ordering: .relaxed)
  }

  /// While every slot is taken, waits for the moment from which a transfer does without one; those that are paused wait for
  /// us, and keep theirs.
  private func watchSlots() {
    guard waiting.isFull, waiting.canReleaseSlot, !isWatchingSlots else { return }
    let now = ContinuousClock.now
    let due = exchanges.values.lazy.compactMap { exchange -> ContinuousClock.Instant? in
      guard let handle = exchange.handle, !exchange.isSlow, !handle.isPaused else { return nil }
      return exchange.hopStart + self.configuration.slowAfter
    }.min()
    guard let due else { return }
    isWatchingSlots = true
    let left = max(.milliseconds(1), due - now)
    queue.asyncAfter(deadline: .now() + .milliseconds(left.milliseconds + 1)) { @Sendable [weak self] in
      guard let self, !isShutDown else { return }
      isWatchingSlots = false
      releaseSlots()
      pump()
    }
  }

  /// Lets all that have lasted for `slowAfter` do without a slot, as many as may.
  private func releaseSlots() {
    let moment = ContinuousClock.now - configuration.slowAfter
    let before = waiting.slow
    for exchange in exchanges.values where !exchange.isSlow && exchange.hopStart <= moment {
      guard let handle = exchange.handle, !handle.isPaused, waiting.releaseSlot() else { continue }
      exchange.isSlow = true
    }
    guard waiting.slow > before else { return }
    slowTransfers.store(waiting.slow, ordering: .relaxed)
    slotsReleased?()
  }

  /// Starts a hop; false where it ended at once.
  private func begin(_ exchange: Exchange) -> Bool {
    let now = ContinuousClock.now
    let left = configuration.totalTimeout - exchange.spent
    guard left > .zero else {
      finish(exchange, .failed(.timeout(.waiting, after: configuration.totalTimeout), nil))
      return false
    }
    if usesProxy, let failure = refusalOfLiteral(exchange) {
      finish(exchange, .failed(failure, nil))
      return false
    }
    guard
      let handle = idle.popLast()
        ?? EasyHandle(engine: self, configuration: configuration, generation: generation)
    else {
      finish(exchange, .failed(.protocolError("libcurl could not get memory"), nil))
      return false
    }
    exchange.hopStart = now
    exchange.handle = handle
    handle.prepare(exchange, use: connectionUse(exchange), timeout: left)
    guard multi.add(handle.easy) else {
      detach(handle, exchange)
      finish(exchange, .failed(.protocolError("libcurl refused the transfer"), nil))
      return false
    }
    return true
  }

  private func connectionUse(_ exchange: Exchange) -> EasyHandle.ConnectionUse {
    let host = exchange.host
    if exchange.request.keepsConnection || waiting.hasWaiting(host: host) {
      // A bound, no more: a host that is forgotten costs one new connection.
      if hostsWithConnections.count >= 4096 { hostsWithConnections.removeAll() }
      hostsWithConnections.insert(host)
      return .kept
    }
    guard !hostsWithConnections.isEmpty else { return .single }
    return hostsWithConnections.remove(host) == nil ? .single : .last
  }

  /// Behind a proxy the name is not resolved here: what can be checked is an address that stands for a name.
  private func refusalOfLiteral(_ exchange: Exchange) -> FetchFailure? {
    var host = exchange.host
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    while host.hasSuffix(".") { host.removeLast() }
    if host == "localhost" || host.hasSuffix(".localhost") { host = "127.0.0.1" }
    guard let address = IPAddress(host), let what = guardian.refusal(of: address) else { return nil }
    return .blockedAddress(address.description, host: exchange.host, what: what)
  }

  private func transferIsOver(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
    guard let pointer = precis_get_private(easy) else { return }
    // The engine holds each handle at work through its exchange.
    let handle = Unmanaged<EasyHandle>.fromOpaque(pointer).takeUnretainedValue()
    guard let exchange = handle.exchange else { return }
    exchange.spent += .now - exchange.hopStart
    exchange.receivedBytes +=
      Int(precis_get_offset(easy, CURLINFO_SIZE_DOWNLOAD_T)) + precis_get_long(easy, CURLINFO_HEADER_SIZE)
    exchange.address = precis_get_string(easy, CURLINFO_PRIMARY_IP).map { String(cString: $0) }
    let host = exchange.host
    let step = TransferEnd.judge(handle, exchange, code, engine: self)
    multi.remove(easy)
    detach(handle, exchange)
    switch step {
    case .over(let outcome):
      finish(exchange, outcome)
      leave(exchange, host: host)
    case .redirect(let redirect, let target):
      statistics.redirects += 1
      exchange.follow(redirect, to: target, text: redirect.to)
      leave(exchange, host: host)
      waiting.append(exchange, host: exchange.host)
    }
    pump()
  }

  private func detach(_ handle: EasyHandle, _ exchange: Exchange) {
    exchange.handle = nil
    handle.release()
    if handle.generation == generation, idle.count < configuration.maxConcurrent { idle.append(handle) }
  }

  private func finish(_ exchange: Exchange, _ outcome: FetchResult.Outcome) {
    guard exchanges.removeValue(forKey: exchange.token.number) != nil else { return }
    exchange.timer?.cancel()
    exchange.timer = nil
    statistics.completed += 1
    statistics.receivedBytes += exchange.receivedBytes
    switch outcome {
    case .notModified: statistics.notModified += 1
    case .failed: statistics.failed += 1
    case .body: break
    }
    report(exchange, outcome)
  }

  private func report(_ exchange: Exchange, _ outcome: FetchResult.Outcome) {
    exchange.completion(
      FetchResult(
        outcome: outcome, redirects: exchange.redirects, receivedBytes: exchange.receivedBytes,
        bodyBytes: exchange.bodyBytes, milliseconds: exchange.spent.milliseconds, address: exchange.address))
  }
}

extension WebURL {
  fileprivate var isHTTP: Bool { scheme == "http" || scheme == "https" }
}
