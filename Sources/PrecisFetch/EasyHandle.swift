import CCurl
import CCurlShims
import Glibc
import PrecisModel

/// One of libcurl's easy handles with its buffers, used for one transfer after another.
///
/// What is the same for all transfers of a configuration is set once, when the handle is made.
final class EasyHandle {
  /// A body is handed over in pieces of this many bytes or a little more.
  private static let pieceBytes = 128 << 10
  /// The body of an answer that is no document is read so far, for the sake of the connection; not used.
  private static let uselessBytes = 64 << 10
  /// Small documents may grow as they like when decompressed: repetition is no bomb yet.
  private static let ratioFloor = 1 << 20

  let easy: UnsafeMutableRawPointer
  /// The configuration that it was made for.
  let generation: Int
  // Unsafe: counting would be done for every header line, and the engine, which owns the handles, outlives them.
  private unowned(unsafe) let engine: FetchEngine
  private let errorText: UnsafeMutablePointer<CChar>
  private var list = RequestHeaders()
  private var nameOverrides: UnsafeMutablePointer<curl_slist>?
  private var lastReuse: ConnectionUse?
  private var lastPipeWait = false
  /// libcurl's default is what https is to have.
  private var lastIsSecure = true

  /// What it works for; nil while it is idle.
  var exchange: Exchange?
  let headers = HeaderCollector()
  /// The head of a 200, once its body began.
  private(set) var head: ResponseHead?
  /// Set where we ended the transfer ourselves.
  private(set) var failure: FetchFailure?
  /// The last address that was refused, and why; kept until an address is let through.
  private(set) var refusal: (address: IPAddress, what: String)?
  private(set) var hasOpenedSocket = false
  private var body: [UInt8] = []
  private var uselessCount = 0
  private var isEncoded = false
  private var isPaced = false
  private var isPausePending = false
  private var pausedAt: ContinuousClock.Instant?
  private var timeout = Duration.zero

  /// What becomes of the connection.
  enum ConnectionUse { case single, last, kept }

  init?(engine: FetchEngine, configuration: FetchConfiguration, generation: Int) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.engine = engine
    self.generation = generation
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setCallbacks()
    setCommon(configuration)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(nameOverrides)
    errorText.deallocate()
  }

  // MARK: Options

  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    precis_set_pointer(easy, CURLOPT_PRIVATE, me)
    precis_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    precis_set_pointer(easy, CURLOPT_WRITEDATA, me)
    precis_set_write(easy, CURLOPT_WRITEFUNCTION) { bytes, _, count, me in
      guard let me, let bytes else { return 0 }
      return Unmanaged<EasyHandle>.fromOpaque(me)._withUnsafeGuaranteedRef {
        $0.takeBody(UnsafeRawBufferPointer(start: bytes, count: count))
      }
    }
    precis_set_pointer(easy, CURLOPT_HEADERDATA, me)
    precis_set_write(easy, CURLOPT_HEADERFUNCTION) { bytes, _, count, me in
      guard let me, let bytes else { return 0 }
      return Unmanaged<EasyHandle>.fromOpaque(me)._withUnsafeGuaranteedRef {
        $0.takeHeader(UnsafeRawBufferPointer(start: bytes, count: count))
      }
    }
    precis_set_pointer(easy, CURLOPT_OPENSOCKETDATA, me)
    precis_set_open_socket(easy) { me, _, address in
      guard let me, let address else { return CURL_SOCKET_BAD }
      return Unmanaged<EasyHandle>.fromOpaque(me)._withUnsafeGuaranteedRef { $0.openSocket(address) }
    }
  }

  private func setCommon(_ configuration: FetchConfiguration) {
    precis_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // A look-up that hangs must not hold up the queue until the resolver gives up: its thread is let go.
    precis_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    precis_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    precis_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
    precis_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    precis_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds)
    precis_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, configuration.minimumSpeed)
    precis_set_long(easy, CURLOPT_LOW_SPEED_TIME, Int(configuration.minimumSpeedPeriod.components.seconds))
    // With a cache of names libcurl looks through all of it at each transfer's end: quadratic in the hosts.
    precis_set_long(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0)
    precis_set_long(easy, CURLOPT_SSL_SESSIONID_CACHE, 0)
    // A CA directory, which Debian's libcurl has set, switches the cache of the parsed bundle off.
    if let bundle = configuration.caBundle ?? engine.systemCABundle {
      precis_set_string(easy, CURLOPT_CAPATH, nil)
      precis_set_string(easy, CURLOPT_CAINFO, bundle)
    }
    // An empty proxy also keeps those of the environment out.
    precis_set_string(easy, CURLOPT_PROXY, configuration.proxy ?? "")
    precis_set_string(easy, CURLOPT_NOPROXY, "")
    precis_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    let resolve =
      switch configuration.ipFamily {
      case .any: CURL_IPRESOLVE_WHATEVER
      case .ipv4: CURL_IPRESOLVE_V4
      case .ipv6: CURL_IPRESOLVE_V6
      }
    precis_set_long(easy, CURLOPT_IPRESOLVE, Int(resolve))
    for entry in configuration.nameOverrides { nameOverrides = curl_slist_append(nameOverrides, entry) }
    if let nameOverrides { precis_set_list(easy, CURLOPT_RESOLVE, nameOverrides) }
  }

  /// Makes ready for a hop of `exchange`.
  func prepare(_ exchange: Exchange, use: ConnectionUse, timeout: Duration) {
    self.exchange = exchange
    headers.removeAll()
    head = nil
    failure = nil
    refusal = nil
    hasOpenedSocket = false
    uselessCount = 0
    isEncoded = false
    if isPaced { setPace(0) }
    isPausePending = false
    pausedAt = nil
    self.timeout = timeout
    errorText[0] = 0
    precis_set_string(easy, CURLOPT_URL, exchange.urlText)
    precis_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, timeout.milliseconds))
    if use != lastReuse {
      precis_set_long(easy, CURLOPT_FRESH_CONNECT, use == .single ? 1 : 0)
      precis_set_long(easy, CURLOPT_FORBID_REUSE, use == .kept ? 0 : 1)
      lastReuse = use
    }
    let isSecure = exchange.url.scheme == "https"
    if isSecure != lastIsSecure {
      // A request of HTTP/1.1 is sent in one piece, which Nagle's algorithm never holds back.
      precis_set_long(easy, CURLOPT_TCP_NODELAY, isSecure ? 1 : 0)
      lastIsSecure = isSecure
    }
    // Without TLS there is no HTTP/2 here, but libcurl would wait for the first answer to be sure of that.
    let waitsForPipe = use == .kept && isSecure
    if waitsForPipe != lastPipeWait {
      precis_set_long(easy, CURLOPT_PIPEWAIT, waitsForPipe ? 1 : 0)
      lastPipeWait = waitsForPipe
    }
    precis_set_list(
      easy, CURLOPT_HTTPHEADER,
      list.set(for: exchange, userAgent: exchange.request.userAgent ?? engine.configuration.userAgent))
  }

  // MARK: Callbacks

  private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    let family = address.pointee.family
    if !engine.usesProxy {
      let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 16
      guard let ip = IPAddress(socketAddress: UnsafeRawPointer(address) + offset, family: family) else {
        return CURL_SOCKET_BAD
      }
      if let what = engine.guardian.refusal(of: ip) {
        refusal = (ip, what)
        return CURL_SOCKET_BAD
      }
    }
    hasOpenedSocket = true
    engine.countConnection()
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    return socket(family, kind, address.pointee.protocol)
  }

  private func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    line.withMemoryRebound(to: UInt8.self) { headers.take($0) }
    guard headers.size <= engine.configuration.maxHeaderBytes else {
      failure = .headersTooLarge(limit: engine.configuration.maxHeaderBytes)
      return 0
    }
    return line.count
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let exchange else { return 0 }
    guard headers.isDocument else {
      uselessCount += bytes.count
      return lastReuse == .kept && uselessCount <= Self.uselessBytes ? bytes.count : 0
    }
    if head == nil, !beginBody(exchange) { return 0 }
    let flow = engine.flow(of: exchange)
    // Inside the decompressor a pause would make libcurl pile up what is still to come: see `takePause`.
    if !isEncoded, pausedAt == nil, flow.mustPause() {
      pause()
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    exchange.bodyBytes += bytes.count
    guard exchange.bodyBytes <= exchange.bodyLimit else {
      failure = .tooLarge(limit: exchange.bodyLimit)
      return 0
    }
    if !isPaced, exchange.bodyBytes > engine.configuration.unpacedBytes {
      setPace(engine.configuration.pace(bodyLimit: exchange.bodyLimit))
    }
    if isEncoded, exchange.bodyBytes > Self.ratioFloor {
      let limit = engine.configuration.maxDecompressionRatio
      let received = Int(precis_get_offset(easy, CURLINFO_SIZE_DOWNLOAD_T))
      guard exchange.bodyBytes / limit <= max(1, received) else {
        failure = .decompressionRatio(limit: limit)
        return 0
      }
    }
    body.append(contentsOf: bytes)
    if body.count >= Self.pieceBytes { handOver(exchange) }
    if isEncoded, !isPausePending, pausedAt == nil, flow.mustPause() {
      isPausePending = true
      engine.pauseAfterTurn(self)
    }
    return bytes.count
  }

  /// Bytes a second from now on; 0: as they come. libcurl looks after it every hundred reads.
  private func setPace(_ speed: Int) {
    isPaced = speed > 0
    precis_set_offset(easy, CURLOPT_MAX_RECV_SPEED_LARGE, Int64(speed))
  }

  /// Looks at the head of a document; false where its body is not wanted.
  private func beginBody(_ exchange: Exchange) -> Bool {
    isEncoded = headers.bytes(of: .contentEncoding).map { !$0.elementsEqual("identity".utf8) } ?? false
    let announced = headers.number(of: .contentLength) ?? 0
    guard announced <= exchange.bodyLimit else {
      failure = .tooLarge(limit: exchange.bodyLimit)
      return false
    }
    body.reserveCapacity(min(announced, Self.pieceBytes + 16_384))
    begin(exchange)
    return true
  }

  private func begin(_ exchange: Exchange) {
    engine.noteBody()
    let head = engine.head(of: self, exchange)
    self.head = head
    exchange.sink.begin(head)
  }

  private func handOver(_ exchange: Exchange) {
    guard !body.isEmpty else { return }
    let piece = body
    body = []
    let flow = engine.flow(of: exchange)
    flow.lent(piece.count)
    exchange.sink.receive(piece, BodyCredit(flow: flow, bytes: piece.count))
  }

  /// Gives the sink what it does not have yet of a document that came whole.
  func finishBody() {
    guard let exchange else { return }
    if head == nil { begin(exchange) }
    handOver(exchange)
  }

  /// Lets what is left of a body go.
  func release() {
    exchange = nil
    body = []
    head = nil
  }

  // MARK: Pausing

  private func pause() {
    pausedAt = .now
    // The sink's time is not the server's. libcurl sets its timer for a transfer's time once, at the start: from the
    // first pause on the time is kept by ours.
    precis_set_long(easy, CURLOPT_TIMEOUT_MS, 0)
    keepTime()
  }

  /// Whether the sink holds so much that nothing more is received.
  var isPaused: Bool { pausedAt != nil }

  private func keepTime() {
    guard let exchange else { return }
    engine.keepTime(of: exchange, for: timeLeft(of: exchange))
  }

  /// How long the pause may still last, or the transfer where it is not paused.
  func timeLeft(of exchange: Exchange) -> Duration {
    if let pausedAt { return engine.configuration.maxPause - (.now - pausedAt) }
    return timeout - (.now - exchange.hopStart)
  }

  /// The turn in which a pause was asked for is over: nothing is being decompressed now.
  func takePause() {
    guard isPausePending, exchange != nil else { return }
    isPausePending = false
    pause()
    curl_easy_pause(easy, CURLPAUSE_RECV)
  }

  /// The sink has released enough.
  func resume() {
    guard exchange != nil, let since = pausedAt else {
      isPausePending = false
      return
    }
    pausedAt = nil
    timeout += .now - since
    keepTime()
    curl_easy_pause(easy, CURLPAUSE_CONT)
  }

  /// Whether libcurl ended the transfer because it was slow.
  var isTooSlow: Bool { errorMessage.hasPrefix("Operation too slow") }

  /// libcurl's words for what went wrong, ASCII alone since they may quote the server.
  var errorMessage: String {
    var text: [UInt8] = []
    var index = 0
    while index < Int(CURL_ERROR_SIZE), errorText[index] != 0 {
      let byte = UInt8(bitPattern: errorText[index])
      text.append(0x20..<0x7F ~= byte ? byte : 0x3F)
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension HeaderCollector {
  /// Whether the answer's body is the document that was asked for.
  var isDocument: Bool { status == 200 || status == 203 }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? Int(Int32.max) : Int(product) + Int(attoseconds / 1_000_000_000_000_000)
  }
}
