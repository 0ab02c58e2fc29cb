/// A feed that `precis.toml` declares, one `[[feeds]]` table; what it leaves out follows the general settings.
public struct DeclaredFeed: Sendable, Equatable {
  /// Where it is polled: http or https, without credentials.
  public var url = ""
  /// A title instead of the publisher's.
  public var title: String?
  /// A folder, parts joined by `/`.
  public var folder: String?
  /// A fixed interval instead of the adaptive one.
  public var interval: Duration?
  /// A `User-Agent` instead of the general one.
  public var userAgent: String?
  /// Where its secret is read from.
  public var credentials: CredentialReference?
  /// A limit instead of `network.max_body`.
  public var maxBody: ByteSize?
  /// Instead of `curation.fetch_pages`.
  public var fetchPages: Configuration.FetchPages?
  /// The line of the file where its table begins, from 1; 0: unknown.
  public var line = 0

  /// A feed of which only the address is known.
  public init(url: String = "") { self.url = url }
}

/// Where a feed's secret is read from; the secret itself never stands in the configuration.
///
/// The file holds one line: `user:password` for basic authentication, `Bearer TOKEN`, or a header
/// `Name: value`.
public enum CredentialReference: Sendable, Equatable {
  /// A file that only the daemon may read.
  case file(String)
  /// A systemd credential (`LoadCredential=`), read from `$CREDENTIALS_DIRECTORY/NAME`.
  case systemd(String)

  /// A reference as the file has it: a path, or `credential:NAME`; nil where a part is empty or a name has a slash.
  public init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    guard text.hasPrefix("credential:") else {
      self = .file(text)
      return
    }
    let name = String(text.dropFirst("credential:".count))
    guard !name.isEmpty, !name.utf8.contains(0x2F), name != ".", name != ".." else { return nil }
    self = .systemd(name)
  }

  /// The file to read, given the environment; nil for a systemd credential outside of systemd.
  public func path(environment: [String: String]) -> String? {
    switch self {
    case .file(let path): return path
    case .systemd(let name):
      guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else { return nil }
      return directory + "/" + name
    }
  }

  /// The reference as the file has it.
  public var text: String {
    switch self {
    case .file(let path): return path
    case .systemd(let name): return "credential:" + name
    }
  }
}
