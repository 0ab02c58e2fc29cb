import ArgumentParser
import Dispatch
import Glibc
import PrecisConfig
import PrecisControl
import PrecisDaemon

/// `precis run`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Follow the feeds, for ever.",
    discussion: """
      The daemon, in the foreground: for systemd, for containers, for a terminal. SIGTERM ends it cleanly, SIGHUP \
      reads the configuration again, SIGUSR1 syncs everything now.
      """)

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let invocation = try Invocation(options)
    let options = options
    do {
      let engine = try invocation.engine(trigger: .schedule)
      var addresses = [ListenAddress.unix(path: invocation.socket, mode: 0o660)]
      if let address = invocation.configuration.server.listen.flatMap({ ListenAddress(tcp: $0) }) {
        addresses.append(address)
      }
      let daemon = try Daemon(
        engine: engine, addresses: addresses, environment: invocation.environment,
        logger: invocation.logger,
        reload: {
          let again = try Invocation(options)
          invocation.logThreshold.level = again.logThreshold.level
          return again.configuration
        }, onEnd: { Glibc.exit($0) })
      daemon.start()
      withExtendedLifetime(daemon) { dispatchMain() }
    } catch let error as ControlError {
      throw Failure(error == .inUse(path: invocation.socket) ? .tryAgain : .cannotCreate, "\(error)")
    }
  }
}
