import Glibc

extension Configuration {
  /// The largest file that is read as a configuration, in bytes.
  public static let fileLimit = 4 << 20

  /// Loads the configuration: built-in values, then the file, then the environment, then flags; the later wins.
  ///
  /// The file is `path`, else the first that there is of ``Paths/configurationCandidates(environment:)``; with
  /// none, the built-in values are the base.
  ///
  /// - Parameters:
  ///   - path: The file that `--config` names; it must be there.
  ///   - environment: The process's environment.
  ///   - overrides: From flags: dotted key to value, as in `["network.concurrency": "8"]`.
  /// - Throws: `ConfigurationError` with all problems at once.
  public static func load(
    path: String?, environment: [String: String], overrides: [String: String] = [:]
  ) throws(ConfigurationError) -> Configuration {
    let file = try Paths.configurationFile(flag: path, environment: environment)
    var text: String?
    if let file { text = try read(file) }
    return try parse(text: text ?? "", file: file, environment: environment, overrides: overrides)
  }

  /// The configuration that a text, an environment and flags make; nothing is read from the disk.
  ///
  /// - Parameter file: The path that messages name and relative paths are meant from.
  /// - Throws: `ConfigurationError.invalid` with all problems at once.
  public static func parse(
    text: String, file: String? = nil, environment: [String: String] = [:], overrides: [String: String] = [:]
  ) throws(ConfigurationError) -> Configuration {
    var loader = ConfigurationLoader(file: file)
    loader.take(text: text)
    loader.take(environment: environment)
    loader.take(overrides: overrides)
    return try loader.finish()
  }

  private static func read(_ path: String) throws(ConfigurationError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .notFound(path: path) : .unreadable(path: path, errorNumber: errno)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= fileLimit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .unreadable(path: path, errorNumber: errno)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
    throw .tooLarge(path: path, limit: fileLimit)
  }
}

/// Gathers values from the sources in turn, and every problem on the way.
private struct ConfigurationLoader {
  private var configuration = Configuration()
  private var problems: [ConfigurationProblem] = []
  private let file: String?
  private let settings: [String: Setting<Configuration>]
  private let feedSettings: [String: Setting<DeclaredFeed>]

  init(file: String?) {
    self.file = file
    configuration.file = file
    settings = Dictionary(uniqueKeysWithValues: Configuration.settings.map { ($0.key, $0) })
    feedSettings = Dictionary(uniqueKeysWithValues: DeclaredFeed.settings.map { ($0.key, $0) })
  }

  mutating func take(text: String) {
    do throws(TOMLDocument.Fault) {
      let document = try TOMLDocument(text)
      let lines = LineIndex(text)
      for member in document.members { take(member.value, path: [member.key], lines) }
    } catch {
      problems.append(
        ConfigurationProblem(
          origin: .file(path: file ?? "configuration", line: error.line), key: "",
          kind: .syntax(message: error.message, column: error.column)))
    }
  }

  private mutating func take(_ value: ConfigurationValue, path: [String], _ lines: LineIndex) {
    let key = path.joined(separator: ".")
    let origin = ConfigurationOrigin.file(path: file ?? "configuration", line: lines.line(of: path))
    if path == ["feeds"] {
      takeFeeds(value, lines)
    } else if settings[key] != nil {
      set(key, value, origin)
    } else if case .table(let members) = value, path.count == 1, isTableName(key) {
      for member in members { take(member.value, path: path + [member.key], lines) }
    } else if path.count == 1, isTableName(key) {
      report(.wrongValue(expected: "a table: write [\(key)]", found: value.found), key, origin)
    } else {
      report(.unknownKey(nearest: nearest(to: key)), key, origin)
    }
  }

  private func isTableName(_ name: String) -> Bool {
    settings.keys.contains { $0.hasPrefix(name + ".") }
  }

  private func nearest(to key: String) -> String? {
    guard !key.utf8.contains(0x2E) else {
      return NearestName.of(key, among: Configuration.keys.map(\.key))
    }
    var tables: [String] = []
    for key in Configuration.keys {
      let table = String(key.key.prefix { $0 != "." })
      if tables.last != table { tables.append(table) }
    }
    return NearestName.of(key, among: tables)
      ?? Configuration.keys.first { $0.key.hasSuffix("." + key) }?.key
  }

  private mutating func set(_ key: String, _ value: ConfigurationValue, _ origin: ConfigurationOrigin) {
    guard let setting = settings[key] else { return }
    if let expected = setting.set(&configuration, value) {
      report(.wrongValue(expected: expected, found: value.found), key, origin)
      return
    }
    configuration.origins[key] = origin
    // A relative path of the file is meant from the file's folder; those of flags and variables from the working one.
    if setting.kind == .path, case .file = origin, let file, let path = value.string {
      _ = setting.set(&configuration, .string(Paths.resolve(path, from: file)))
    }
  }

  private mutating func report(
    _ kind: ConfigurationProblem.Kind, _ key: String, _ origin: ConfigurationOrigin
  ) {
    problems.append(ConfigurationProblem(origin: origin, key: key, kind: kind))
  }
}

extension ConfigurationLoader {
  private mutating func takeFeeds(_ value: ConfigurationValue, _ lines: LineIndex) {
    let path = file ?? "configuration"
    guard case .array(let tables) = value else {
      let origin = ConfigurationOrigin.file(path: path, line: lines.line(of: ["feeds"]))
      report(.wrongValue(expected: "a list of tables: write [[feeds]]", found: value.found), "feeds", origin)
      return
    }
    var firstLines: [String: Int] = [:]
    for (index, table) in tables.enumerated() {
      let line = lines.line(of: ["feeds", "\(index)"])
      guard case .table(let members) = table else {
        report(
          .wrongValue(expected: "a list of tables: write [[feeds]]", found: table.found), "feeds",
          .file(path: path, line: line))
        continue
      }
      var feed = DeclaredFeed()
      feed.line = line
      for member in members { takeFeedKey(member, index, lines, &feed) }
      guard !feed.url.isEmpty else {
        if !members.contains(where: { $0.key == "url" }) {
          report(.missing(expected: DeclaredFeed.urlExpectation), "feeds.url", .file(path: path, line: line))
        }
        continue
      }
      if let first = firstLines[feed.url] {
        let kind = ConfigurationProblem.Kind.duplicateFeed(url: feed.url, firstLine: first)
        report(kind, "feeds.url", .file(path: path, line: line))
      } else {
        firstLines[feed.url] = line
        configuration.feeds.append(feed)
      }
    }
  }

  private mutating func takeFeedKey(
    _ member: (key: String, value: ConfigurationValue), _ index: Int, _ lines: LineIndex,
    _ feed: inout DeclaredFeed
  ) {
    let key = "feeds." + member.key
    let line = lines.line(of: ["feeds", "\(index)", member.key])
    let origin = ConfigurationOrigin.file(path: file ?? "configuration", line: line)
    guard let setting = feedSettings[key] else {
      let names = DeclaredFeed.settings.map(\.key)
      report(.unknownKey(nearest: NearestName.of(key, among: names)), key, origin)
      return
    }
    if let expected = setting.set(&feed, member.value) {
      report(.wrongValue(expected: expected, found: member.value.found), key, origin)
    }
    if case .file(let path)? = feed.credentials, let file {
      feed.credentials = .file(Paths.resolve(path, from: file))
    }
  }

  mutating func take(environment: [String: String]) {
    // PRECIS_STORE is the short name; the long one, if both are set, wins as the later.
    if let store = environment["PRECIS_STORE"], !store.isEmpty {
      set("store.directory", .text(store), .environment(name: "PRECIS_STORE"))
    }
    for setting in Configuration.settings where setting.kind != .phrases {
      guard let text = environment[setting.environmentName] else { continue }
      set(setting.key, .text(text), .environment(name: setting.environmentName))
    }
    let known = Set(Configuration.settings.map(\.environmentName)).union(["PRECIS_STORE", "PRECIS_CONFIG"])
    for name in environment.keys.sorted() where name.hasPrefix("PRECIS_") && !known.contains(name) {
      let nearest = NearestName.of(name, among: known.sorted())
      configuration.warnings.append(
        ConfigurationProblem(
          origin: .environment(name: name), key: name, kind: .unknownKey(nearest: nearest)))
    }
  }

  mutating func take(overrides: [String: String]) {
    for (key, text) in overrides.sorted(by: { $0.key < $1.key }) {
      let origin = ConfigurationOrigin.flag(key: key)
      guard let setting = settings[key], setting.kind != .phrases else {
        let names = Configuration.settings.map(\.key)
        report(.unknownKey(nearest: NearestName.of(key, among: names)), key, origin)
        continue
      }
      set(key, .text(text), origin)
    }
  }

  consuming func finish() throws(ConfigurationError) -> Configuration {
    checkOrder(
      "schedule.minimum_interval", \.schedule.minimumInterval, "schedule.maximum_interval",
      \.schedule.maximumInterval)
    checkOrder(
      "schedule.backoff_initial", \.schedule.backoffInitial, "schedule.backoff_maximum",
      \.schedule.backoffMaximum)
    checkOrder("network.connect_timeout", \.network.connectTimeout, "network.timeout", \.network.timeout)
    guard problems.isEmpty else {
      throw .invalid(
        problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(
          \.element))
    }
    return configuration
  }

  private mutating func checkOrder(
    _ lesser: String, _ lesserPath: KeyPath<Configuration, Duration>, _ greater: String,
    _ greaterPath: KeyPath<Configuration, Duration>
  ) {
    let low = configuration[keyPath: lesserPath]
    let high = configuration[keyPath: greaterPath]
    guard low > high, let key = [greater, lesser].first(where: { configuration.origins[$0] != nil }),
      let origin = configuration.origins[key]
    else { return }
    let sentence =
      "\(lesser) (\(DurationText.format(low))) is greater than \(greater) (\(DurationText.format(high)))"
    report(.conflict(sentence), key, origin)
  }
}

extension ConfigurationProblem {
  /// The line of the file; problems of the environment and of flags come after all lines.
  fileprivate var line: Int {
    guard case .file(_, let line) = origin else { return .max }
    return line
  }
}
