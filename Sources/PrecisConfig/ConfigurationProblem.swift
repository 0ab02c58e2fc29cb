/// Where a value of the configuration came from.
public enum ConfigurationOrigin: Sendable, Equatable, CustomStringConvertible {
  /// A line of a file, from 1; 0: unknown.
  case file(path: String, line: Int)
  /// An environment variable.
  case environment(name: String)
  /// A command-line flag, or `--set`.
  case flag(key: String)

  /// `path:line`, `environment variable NAME` or `command line`.
  public var description: String {
    switch self {
    case .file(let path, let line): return line > 0 ? "\(path):\(line)" : path
    case .environment(let name): return "environment variable \(name)"
    case .flag(let key): return "command line (\(key))"
    }
  }
}

/// One thing that is wrong with a configuration, with all that a person needs to mend it.
public struct ConfigurationProblem: Sendable, Equatable {
  /// Where it stands.
  public var origin: ConfigurationOrigin
  /// The key, dotted, as in docs/configuration.md; empty where the file is no TOML.
  public var key: String
  /// What is wrong.
  public var kind: Kind

  /// A problem from its parts.
  public init(origin: ConfigurationOrigin, key: String, kind: Kind) {
    self.origin = origin
    self.key = key
    self.kind = kind
  }

  /// What can be wrong with a key.
  public enum Kind: Sendable, Equatable {
    /// The file is not TOML: the parser's words, and the column.
    case syntax(message: String, column: Int)
    /// No such key; the nearest one that there is, if one is near.
    case unknownKey(nearest: String?)
    /// A value of the wrong type, out of its range, or not in its notation.
    case wrongValue(expected: String, found: String)
    /// A key that must be there is not.
    case missing(expected: String)
    /// The same feed is declared twice; the line of the first.
    case duplicateFeed(url: String, firstLine: Int)
    /// Two keys contradict each other.
    case conflict(String)
  }
}

extension ConfigurationProblem: CustomStringConvertible {
  /// One line: where, what is wrong, what would be right.
  public var description: String { "\(origin): \(sentence)" }

  private var sentence: String {
    switch kind {
    case .syntax(let message, let column): return "not valid TOML at column \(column): \(message)"
    case .unknownKey(let nearest?): return "unknown key \"\(key)\"; did you mean \"\(nearest)\"?"
    case .unknownKey(nil):
      return "unknown key \"\(key)\"; docs/configuration.md lists all keys"
    case .wrongValue(let expected, let found): return "\(key) must be \(expected); found \(found)"
    case .missing(let expected): return "\(key) is missing; it must be \(expected)"
    case .duplicateFeed(let url, let firstLine):
      return "the feed \(url) is declared twice; first in line \(firstLine)"
    case .conflict(let message): return message
    }
  }
}

/// Why a configuration could not be loaded; every problem of the file, the environment and the flags at once.
public enum ConfigurationError: Error, Sendable, Equatable {
  /// The file that was asked for is not there.
  case notFound(path: String)
  /// The file cannot be read; the system's error number.
  case unreadable(path: String, errorNumber: Int32)
  /// The file is larger than any configuration; the limit in bytes.
  case tooLarge(path: String, limit: Int)
  /// What stands in it is wrong, in the order of the lines.
  case invalid([ConfigurationProblem])
}

extension ConfigurationError: CustomStringConvertible {
  /// One line per problem.
  public var description: String {
    switch self {
    case .notFound(let path): return "\(path): there is no such configuration file"
    case .unreadable(let path, let number): return "\(path): cannot be read: \(SystemError.text(number))"
    case .tooLarge(let path, let limit):
      return "\(path): larger than \(ByteSize(bytes: limit)); this is no configuration file"
    case .invalid(let problems): return problems.map(\.description).joined(separator: "\n")
    }
  }
}
