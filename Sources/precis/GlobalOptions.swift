import ArgumentParser
import Glibc
import Logging
import PrecisConfig
import PrecisSystemd

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("The store's directory.", valueName: "directory"))
  var store: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a key of the configuration, such as network.concurrency=16.", valueName: "key=value"))
  var settings: [String] = []

  @Flag(help: "Write JSON for programs to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Tell only errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell more.")
  var verbose = false
}

/// Everything that a command needs to know before it begins.
struct Invocation: Sendable {
  let configuration: Configuration
  let environment: [String: String]
  /// The store's directory.
  let store: String
  /// The daemon's socket.
  let socket: String
  /// Other places where a daemon on this store may listen.
  let socketCandidates: [String]
  let terminal: Terminal
  let isJSON: Bool
  let logger: Logger
  let logThreshold: LogThreshold

  /// Reads the configuration.
  ///
  /// - Throws: `Failure` of `.configuration` with every problem, each with its file and line.
  init(_ options: GlobalOptions) throws {
    environment = Self.environment()
    terminal = Terminal(isQuiet: options.quiet, environment: environment)
    isJSON = options.json
    var overrides: [String: String] = [:]
    for setting in options.settings {
      guard let equals = setting.firstIndex(of: "=") else {
        throw Failure(.usage, "--set \(setting): give it as key=value")
      }
      overrides[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
    }
    do {
      configuration = try Configuration.load(
        path: options.config, environment: environment, overrides: overrides)
    } catch {
      throw Failure(.configuration, "\(error)")
    }
    store = Paths.store(
      flag: options.store, environment: environment, configured: configuration.store.directory)
    socket = Paths.socket(
      configured: configuration.server.socket, environment: environment, store: store)
    socketCandidates = Paths.socketCandidates(
      configured: configuration.server.socket, environment: environment, store: store)
    let threshold = LogThreshold(Self.level(options, configured: configuration.logging.level))
    let environment = environment
    logThreshold = threshold
    logger = Logger(label: "precis") { _ in JournalHandler(threshold: threshold, environment: environment) }
  }

  private static func level(_ options: GlobalOptions, configured: Configuration.LogLevel) -> Logger.Level {
    if options.verbose { return .debug }
    if options.quiet { return .error }
    switch configured {
    case .error: return .error
    case .warning: return .warning
    case .notice: return .notice
    case .info: return .info
    case .debug: return .debug
    }
  }

  private static func environment() -> [String: String] {
    var all: [String: String] = [:]
    var at = environ
    while let entry = at.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        all[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      at += 1
    }
    return all
  }
}
