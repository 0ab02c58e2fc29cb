/// What a person must know of one key of `precis.toml`.
public struct KeyDescription: Sendable, Equatable {
  /// The dotted key: `network.concurrency`; `feeds.url` for a key of the `[[feeds]]` tables.
  public let key: String
  /// What its values are.
  public let kind: Kind
  /// The built-in value as TOML has it; nil where there is none.
  public let defaultText: String?
  /// The unit or the range: `1 to 1024 transfers`; nil where the type says all.
  public let unit: String?
  /// What it does, in one or two sentences.
  public let doc: String
  /// A value for the sample where there is no built-in one.
  public let example: String?
  /// The environment variable that sets it; nil for keys of feeds and of free tables.
  public let environmentName: String?

  /// The type in words: `duration`, `whole number`, `one of "auto", "never"`.
  public var type: String { kind.description }

  /// What values of a key are.
  public enum Kind: Sendable, Equatable, CustomStringConvertible {
    /// `true` or `false`.
    case boolean
    /// A number within bounds.
    case integer(ClosedRange<Int>)
    /// A text that ``DurationText`` reads.
    case duration
    /// A text that ``ByteSize`` reads.
    case size
    /// A text.
    case text
    /// The path of a file or directory.
    case path
    /// An array of texts.
    case texts
    /// One of these texts.
    case choice([String])
    /// A table of arrays of texts.
    case phrases

    /// The kind in words.
    public var description: String {
      switch self {
      case .boolean: return "true or false"
      case .integer: return "whole number"
      case .duration: return "duration"
      case .size: return "size"
      case .text: return "text"
      case .path: return "path"
      case .texts: return "list of texts"
      case .choice(let names): return "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
      case .phrases: return "table"
      }
    }
  }
}

/// One key: its description, and how a value gets into the tree of settings and out again.
struct Setting<Root>: Sendable {
  var key: String
  var kind: KeyDescription.Kind
  var unit: String?
  var doc: String
  var example: String?
  /// The value that a root holds; nil where it holds none.
  var get: @Sendable (Root) -> ConfigurationValue?
  /// Takes a value over; gives what it must be where it is not that.
  var set: @Sendable (inout Root, ConfigurationValue) -> String?

  /// The key with its underscores as an environment variable: `PRECIS_NETWORK_CONCURRENCY`.
  var environmentName: String {
    "PRECIS_" + String(key.map { $0 == "." ? "_" : Character($0.uppercased()) })
  }

  /// What a person must know, with the built-in value taken from `standard`.
  func description(standard: Root, environmentName: String?) -> KeyDescription {
    KeyDescription(
      key: key, kind: kind, defaultText: get(standard)?.toml, unit: unit, doc: doc, example: example,
      environmentName: environmentName)
  }
}

/// A way to a member that may cross queues: key-path literals of value types are Sendable.
typealias Path<Root, Value> = WritableKeyPath<Root, Value> & Sendable

extension Setting {
  static func boolean(_ key: String, _ path: Path<Root, Bool>, _ doc: String) -> Setting {
    Setting(key: key, kind: .boolean, doc: doc, get: { .boolean($0[keyPath: path]) }) { root, value in
      switch value {
      case .boolean(let value): root[keyPath: path] = value
      case .text("true"): root[keyPath: path] = true
      case .text("false"): root[keyPath: path] = false
      default: return "true or false"
      }
      return nil
    }
  }

  static func integer(
    _ key: String, _ path: Path<Root, Int>, _ range: ClosedRange<Int>, _ unit: String, _ doc: String
  ) -> Setting {
    Setting(
      key: key, kind: .integer(range), unit: "\(range.lowerBound) to \(range.upperBound) \(unit)", doc: doc,
      get: { .integer($0[keyPath: path]) }
    ) { root, value in
      guard let number = value.wholeNumber, range ~= number else {
        return "a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
      root[keyPath: path] = number
      return nil
    }
  }

  static func optionalInteger(
    _ key: String, _ path: Path<Root, Int?>, _ range: ClosedRange<Int>, _ unit: String, example: Int,
    _ doc: String
  ) -> Setting {
    Setting(
      key: key, kind: .integer(range), unit: "\(range.lowerBound) to \(range.upperBound) \(unit)", doc: doc,
      example: "\(example)", get: { $0[keyPath: path].map { .integer($0) } }
    ) { root, value in
      guard let number = value.wholeNumber, range ~= number else {
        return "a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
      root[keyPath: path] = number
      return nil
    }
  }

  static func duration(
    _ key: String, _ path: Path<Root, Duration>, _ range: ClosedRange<Duration>, _ doc: String
  ) -> Setting {
    let bounds = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
    return Setting(
      key: key, kind: .duration, unit: bounds, doc: doc,
      get: { .string(DurationText.format($0[keyPath: path])) }
    ) { root, value in
      guard let duration = value.string.flatMap(DurationText.parse), range ~= duration else {
        return "a duration from \(bounds), written like \"30s\" or \"1h30m\""
      }
      root[keyPath: path] = duration
      return nil
    }
  }

  static func optionalDuration(
    _ key: String, _ path: Path<Root, Duration?>, _ range: ClosedRange<Duration>, example: String,
    _ doc: String
  ) -> Setting {
    let bounds = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
    return Setting(
      key: key, kind: .duration, unit: bounds, doc: doc, example: "\"\(example)\"",
      get: { $0[keyPath: path].map { .string(DurationText.format($0)) } }
    ) { root, value in
      guard let duration = value.string.flatMap(DurationText.parse), range ~= duration else {
        return "a duration from \(bounds), written like \"30s\" or \"1h30m\""
      }
      root[keyPath: path] = duration
      return nil
    }
  }

  static func size(
    _ key: String, _ path: Path<Root, ByteSize>, _ range: ClosedRange<ByteSize>, unit: String? = nil,
    _ doc: String
  ) -> Setting {
    let bounds = "\(range.lowerBound) to \(range.upperBound)"
    return Setting(
      key: key, kind: .size, unit: bounds + (unit.map { " " + $0 } ?? ""), doc: doc,
      get: { .string($0[keyPath: path].description) }
    ) { root, value in
      guard let size = value.string.flatMap({ ByteSize($0) }), range ~= size else {
        return "a size from \(bounds), written like \"16 MiB\""
      }
      root[keyPath: path] = size
      return nil
    }
  }

  static func optionalSize(
    _ key: String, _ path: Path<Root, ByteSize?>, _ range: ClosedRange<ByteSize>, example: String,
    _ doc: String
  ) -> Setting {
    let bounds = "\(range.lowerBound) to \(range.upperBound)"
    return Setting(
      key: key, kind: .size, unit: bounds, doc: doc, example: "\"\(example)\"",
      get: { $0[keyPath: path].map { .string($0.description) } }
    ) { root, value in
      guard let size = value.string.flatMap({ ByteSize($0) }), range ~= size else {
        return "a size from \(bounds), written like \"16 MiB\""
      }
      root[keyPath: path] = size
      return nil
    }
  }
}

extension ConfigurationValue {
  /// The characters, of the file or of the environment.
  var string: String? {
    switch self {
    case .string(let text), .text(let text): return text
    default: return nil
    }
  }

  /// The whole number, of the file or of the environment.
  var wholeNumber: Int? {
    switch self {
    case .integer(let number): return number
    case .text(let text): return Int(text)
    default: return nil
    }
  }
}
