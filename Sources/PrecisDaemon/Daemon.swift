import Dispatch
import Glibc
import Logging
import PrecisConfig
import PrecisControl
import PrecisPipeline
import PrecisSystemd

/// The engine as a service: signals, the control socket, systemd's notices.
///
/// SIGTERM and SIGINT end it cleanly, SIGHUP reads the configuration again, SIGUSR1 syncs everything now.
public final class Daemon: @unchecked Sendable {  // All mutable state is confined to `queue`.
  /// Seconds that an end may take; then the process goes without asking the network again. The store is safe at
  /// any moment.
  static let patience = 5

  private let queue = DispatchQueue(label: "precis.daemon")
  private let engine: Engine
  /// The Unix socket's, and that of `server.listen` where it is set.
  private let servers: [ControlServer]
  private let notifier: ServiceNotifier
  private let logger: Logger
  private let loadConfiguration: @Sendable () throws -> Configuration
  private var sources: [any DispatchSourceSignal] = []
  private var watchdog: (any DispatchSourceTimer)?
  private var isStopping = false
  private let onEnd: @Sendable (Int32) -> Void

  /// A daemon around an engine.
  ///
  /// - Parameters:
  ///   - addresses: where it listens.
  ///   - reload: reads the configuration again; what it throws is logged, and the old one stays.
  ///   - onEnd: called with the exit status when everything is closed.
  /// - Throws: `ControlError` where an address cannot be had.
  public init(
    engine: Engine, addresses: [ListenAddress], environment: [String: String], logger: Logger,
    reload: @escaping @Sendable () throws -> Configuration, onEnd: @escaping @Sendable (Int32) -> Void
  ) throws {
    self.engine = engine
    self.logger = logger
    loadConfiguration = reload
    self.onEnd = onEnd
    notifier = ServiceNotifier(environment: environment)
    let interface = ControlInterface(engine: engine, reload: reload)
    servers = try addresses.map { address in
      try ControlServer(address: address) { interface.answer($0, $1) }
    }
  }

  /// Begins; returns at once.
  public func start() {
    let heard = DispatchGroup()
    queue.sync {
      handle(SIGTERM, heard) { $0.stop(because: "SIGTERM") }
      handle(SIGINT, heard) { $0.stop(because: "SIGINT") }
      handle(SIGHUP, heard) { $0.reload() }
      handle(SIGUSR1, heard) { $0.syncAll() }
      startWatchdog()
    }
    engine.start()
    // A signal that comes before it is listened for is lost.
    heard.notify(queue: queue) { @Sendable [self] in tellReady() }
  }

  private func tellReady() {
    engine.status { [self] status in
      let addresses = servers.map { "\($0.address)" }.joined(separator: " ")
      logger.notice(
        "ready", metadata: ["feeds": "\(status.feeds)", "store": "\(status.store)", "listen": "\(addresses)"])
      notifier.ready(status: "\(status.feeds) feeds, \(status.articles) articles")
    }
  }

  /// Listens for a signal; `heard` is left once it does.
  private func handle(
    _ number: Int32, _ heard: DispatchGroup, _ action: @escaping @Sendable (Daemon) -> Void
  ) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    heard.enter()
    source.setRegistrationHandler { @Sendable in heard.leave() }
    source.setEventHandler { @Sendable [weak self] in
      guard let self else { return }
      action(self)
    }
    source.activate()
    sources.append(source)
  }

  /// Pings the service manager only when the engine and the fetcher have turned since the last time: a ping that
  /// stays out is a real sign that one of them is stuck.
  private func startWatchdog() {
    guard let interval = notifier.watchdogIntervalMicroseconds else { return }
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { @Sendable [engine, notifier] in engine.ping { notifier.ping() } }
    timer.schedule(deadline: .now(), repeating: .microseconds(interval), leeway: .milliseconds(100))
    timer.activate()
    watchdog = timer
  }

  private func stop(because reason: String) {
    guard !isStopping else { return }
    isStopping = true
    logger.notice("going down", metadata: ["because": "\(reason)"])
    notifier.stopping()
    queue.asyncAfter(deadline: .now() + .seconds(Self.patience)) { @Sendable [self] in
      logger.warning("transfers did not end in \(Self.patience) s and are left behind")
      onEnd(0)
    }
    engine.stop { @Sendable [self] in
      queue.async { @Sendable [self] in
        for server in servers { server.stop() }
        logger.notice("down")
        onEnd(0)
      }
    }
  }

  private func reload() {
    notifier.reloading()
    do {
      engine.reload(try loadConfiguration())
      logger.notice("configuration read again")
    } catch {
      logger.error("the configuration stays as it was: \(error)")
    }
    engine.status { [notifier] in notifier.ready(status: "\($0.feeds) feeds, \($0.articles) articles") }
  }

  private func syncAll() {
    engine.sync(.all) { [logger, notifier] event in
      guard case .finished(let summary) = event else { return }
      logger.notice(
        "synced",
        metadata: ["feeds": "\(summary.feeds)", "new": "\(summary.new)", "failed": "\(summary.failed)"])
      notifier.status("synced \(summary.feeds) feeds, \(summary.new) new articles")
    }
  }
}
