import Glibc

/// Where things lie: what the command line, the environment, systemd, XDG and the FHS say, in that order.
///
/// systemd's variables may name several directories, parted by colons: the first counts.
public enum Paths {
  /// The file to read: `--config`, `PRECIS_CONFIG`, else the first candidate that there is; nil where there is none.
  ///
  /// - Throws: `ConfigurationError.notFound` where the flag or the variable names a file that is not there.
  public static func configurationFile(
    flag: String?, environment: [String: String], exists: (String) -> Bool = { access($0, F_OK) == 0 }
  ) throws(ConfigurationError) -> String? {
    if let named = flag ?? nonEmpty(environment["PRECIS_CONFIG"]) {
      guard exists(named) else { throw .notFound(path: named) }
      return named
    }
    return configurationCandidates(environment: environment).first(where: exists)
  }

  /// Where a configuration file is looked for when none is named, the first first.
  public static func configurationCandidates(environment: [String: String]) -> [String] {
    var candidates: [String] = []
    if let directory = first(environment["CONFIGURATION_DIRECTORY"]) {
      candidates.append(directory + "/precis.toml")
    }
    if let directory = absolute(environment["XDG_CONFIG_HOME"]) {
      candidates.append(directory + "/precis/precis.toml")
    } else if let home = absolute(environment["HOME"]) {
      candidates.append(home + "/.config/precis/precis.toml")
    }
    return candidates + ["/etc/precis/precis.toml"]
  }

  /// The store's directory: `--store`, then `store.directory` of the loaded configuration (which `PRECIS_STORE` set
  /// already), `$STATE_DIRECTORY`, `$XDG_DATA_HOME/precis`, `~/.local/share/precis`, else `/var/lib/precis`.
  public static func store(flag: String?, environment: [String: String], configured: String?) -> String {
    if let flag { return flag }
    if let configured { return expandHome(configured, environment) }
    if let directory = first(environment["STATE_DIRECTORY"]) { return directory }
    if let directory = absolute(environment["XDG_DATA_HOME"]) { return directory + "/precis" }
    if let home = absolute(environment["HOME"]) { return home + "/.local/share/precis" }
    return "/var/lib/precis"
  }

  /// The control socket: `server.socket`, `$RUNTIME_DIRECTORY/precis.sock`, `$XDG_RUNTIME_DIR/precis.sock`, else
  /// `precis.sock` in the store.
  ///
  /// A client outside of systemd's environment should try ``socketCandidates(configured:environment:store:)``.
  public static func socket(configured: String?, environment: [String: String], store: String) -> String {
    if let configured { return expandHome(configured, environment) }
    if let directory = first(environment["RUNTIME_DIRECTORY"]) { return directory + "/precis.sock" }
    if let directory = absolute(environment["XDG_RUNTIME_DIR"]) { return directory + "/precis.sock" }
    return store + "/precis.sock"
  }

  /// Where a client looks for the daemon, the likeliest first: ``socket(configured:environment:store:)``, the
  /// store's own socket, and the system service's.
  public static func socketCandidates(
    configured: String?, environment: [String: String], store: String
  ) -> [String] {
    let own = socket(configured: configured, environment: environment, store: store)
    guard configured == nil else { return [own] }
    var candidates = [own]
    for other in [store + "/precis.sock", "/run/precis/precis.sock"] where !candidates.contains(other) {
      candidates.append(other)
    }
    return candidates
  }

  /// A path of a file: absolute and `~/` ones stay, relative ones are meant from the file's folder.
  static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), path != "~", !path.hasPrefix("~/"), let slash = file.lastIndex(of: "/") else {
      return path
    }
    return file[...slash] + path
  }

  /// A path with a leading `~/` replaced by `$HOME/`.
  static func expandHome(_ path: String, _ environment: [String: String]) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = absolute(environment["HOME"]) else { return path }
    return home + path.dropFirst()
  }

  private static func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

  private static func first(_ list: String?) -> String? {
    list?.split(separator: ":").first.map(String.init)
  }

  /// XDG asks that relative paths be ignored.
  private static func absolute(_ path: String?) -> String? {
    path.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
