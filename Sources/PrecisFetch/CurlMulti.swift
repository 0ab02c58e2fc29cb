import CCurl
import CCurlShims
import Dispatch
import Glibc

/// libcurl's multi handle on a serial queue.
///
/// All of libcurl's sockets are in one epoll descriptor that one Dispatch source watches, and its one timer is a
/// Dispatch timer: no thread per transfer, no polling, no wake-up while nothing is due. libcurl adds and removes
/// its sockets in the descriptor while they are open, so there is no race with their closing.
///
/// One multi handle serves for life: its connection cache and its parsed CA bundle live in it.
final class CurlMulti {
  private let multi: UnsafeMutableRawPointer
  private let epoll: Int32
  private let queue: DispatchQueue
  private var source: (any DispatchSourceRead)?
  private var timer: (any DispatchSourceTimer)?
  private var events = [epoll_event](repeating: epoll_event(), count: 64)
  private var isTimerDue = false
  /// When libcurl wants to be called, and when the timer is set to.
  private var wanted: DispatchTime?
  private var armed: DispatchTime?
  private var isRunning = false
  private var isClosed = false
  /// Bounds, so that whatever else is for the queue gets its turn: so many looks at the sockets…
  private static let looksPerStay = 8
  /// …or, where the next answer is near, so long.
  private static let longestStay = DispatchTimeInterval.milliseconds(5)
  /// How often the sockets became ready after a rest.
  private(set) var stays = 0
  /// Whether the next answer is so near that it is waited for on the queue: a millisecond costs less than Dispatch's way
  /// round, by which two threads are woken.
  var isNextNear: (() -> Bool)?
  /// Told of each transfer that is over, on the queue; may add and remove handles.
  var finished: ((UnsafeMutableRawPointer, CURLcode) -> Void)?

  /// Told when libcurl has been left, on the queue.
  var turnEnded: (() -> Void)?

  /// A multi handle whose callbacks run on `queue`.
  init(queue: DispatchQueue, keptConnections: Int) throws(FetcherError) {
    _ = Self.library
    let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw .noDescriptor(errno: errno) }
    guard let multi = curl_multi_init() else {
      Glibc.close(epoll)
      throw .outOfMemory
    }
    self.multi = multi
    self.epoll = epoll
    self.queue = queue
    setKeptConnections(keptConnections)
  }

  /// curl_global_init is not to run twice at once: a static is made once.
  private static let library = {
    // What one thread receives others let go: with a heap for each of Dispatch's threads, as glibc would have it, all
    // grow and none shrinks. Measured: 16 MB less for a large sync, at the same CPU.
    mallopt(M_ARENA_MAX, Int32(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2)))
    return curl_global_init(Int(CURL_GLOBAL_DEFAULT))
  }()

  /// Begins to watch; called once.
  func start() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    precis_multi_set_callbacks(
      multi,
      { _, socket, what, context, known in
        guard let context else { return 0 }
        return Unmanaged<CurlMulti>.fromOpaque(context)._withUnsafeGuaranteedRef {
          $0.watch(socket, what, isKnown: known != nil)
        }
      },
      { _, milliseconds, context in
        guard let context else { return 0 }
        Unmanaged<CurlMulti>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.schedule(milliseconds) }
        return 0
      }, context)
    let source = DispatchSource.makeReadSource(fileDescriptor: epoll, queue: queue)
    // Both handlers run on the queue that owns this object; close() cancels them before it is freed.
    nonisolated(unsafe) let this = self
    source.setEventHandler { @Sendable in this.socketsAreReady() }
    source.activate()
    self.source = source
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { @Sendable in this.timeIsUp() }
    timer.schedule(deadline: .distantFuture)
    timer.activate()
    self.timer = timer
  }

  /// How many connections are kept for feeds that share a host.
  func setKeptConnections(_ count: Int) {
    precis_multi_set_long(multi, CURLMOPT_MAXCONNECTS, count)
  }

  func add(_ easy: UnsafeMutableRawPointer) -> Bool { curl_multi_add_handle(multi, easy) == CURLM_OK }

  func remove(_ easy: UnsafeMutableRawPointer) { curl_multi_remove_handle(multi, easy) }

  /// Frees everything; all easy handles must have been removed.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    curl_multi_cleanup(multi)
    timer?.cancel()
    timer = nil
    let epoll = epoll
    // Dispatch watches the descriptor until the cancel handler runs.
    source?.setCancelHandler { Glibc.close(epoll) }
    source?.cancel()
    source = nil
    finished = nil
    turnEnded = nil
    isNextNear = nil
  }

  // MARK: What libcurl asks for

  private func watch(_ socket: curl_socket_t, _ what: Int32, isKnown: Bool) -> Int32 {
    if what == CURL_POLL_REMOVE {
      epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
      return 0
    }
    var event = epoll_event()
    event.events =
      (what & CURL_POLL_IN != 0 ? EPOLLIN.rawValue : 0) | (what & CURL_POLL_OUT != 0 ? EPOLLOUT.rawValue : 0)
    event.data.fd = socket
    if isKnown {
      epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event)
    } else {
      epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
      curl_multi_assign(multi, socket, multi)
    }
    return 0
  }

  private func schedule(_ milliseconds: Int) {
    // libcurl asks for 0 at each transfer's start: within a turn the turn's own end sees to it.
    isTimerDue = milliseconds == 0
    if isTimerDue, isRunning { return }
    wanted = milliseconds < 0 ? nil : .now() + .milliseconds(milliseconds)
    arm()
  }

  /// Sets the timer, unless it is set already to an earlier moment: libcurl moves its time with every transfer, and
  /// each setting wakes Dispatch's manager. One that fires too early is set again.
  private func arm() {
    guard let wanted, armed.map({ wanted < $0 }) ?? true else { return }
    armed = wanted
    timer?.schedule(deadline: wanted, leeway: .milliseconds(1))
  }

  // MARK: What Dispatch tells

  private func socketsAreReady() {
    stays += 1
    let end = DispatchTime.now() + Self.longestStay
    var looks = 0
    while !isClosed {
      let isNear = isNextNear?() == true
      guard looks < Self.looksPerStay || isNear && DispatchTime.now() < end else { return }
      looks += 1
      let count = epoll_wait(epoll, &events, Int32(events.count), isNear ? 1 : 0)
      guard count > 0 else { return }
      turn { [self] in act(onEvents: Int(count)) }
    }
  }

  private func act(onEvents count: Int) {
    var running: Int32 = 0
    for index in 0..<count {
      let event = events[index]
      var mask: Int32 = 0
      if event.events & EPOLLIN.rawValue != 0 { mask |= CURL_CSELECT_IN }
      if event.events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
      if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
      curl_multi_socket_action(multi, event.data.fd, mask, &running)
    }
  }

  private func timeIsUp() {
    guard !isClosed else { return }
    armed = nil
    guard let wanted, wanted <= .now() + .milliseconds(1) else { return arm() }
    self.wanted = nil
    turn { [self] in
      var running: Int32 = 0
      curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
    }
  }

  /// Runs work that calls libcurl, then hands over what ended, until nothing is due at once.
  func turn(_ work: () -> Void) {
    isRunning = true
    isTimerDue = false
    work()
    endTurn()
    var rounds = 0
    while isTimerDue, !isClosed, rounds < 16 {
      rounds += 1
      isTimerDue = false
      var running: Int32 = 0
      curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
      // In each round: a transfer that was asked to pause must not go on in the next.
      endTurn()
    }
    isRunning = false
    if isTimerDue, !isClosed { schedule(0) }
  }

  private func endTurn() {
    guard !isClosed else { return }
    drain()
    turnEnded?()
  }

  private func drain() {
    var left: Int32 = 0
    while !isClosed, let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      finished?(easy, precis_message_result(message))
    }
  }
}
