/// A value as the configuration holds it, before it is known whether it fits its key.
enum ConfigurationValue: Equatable, Sendable {
  /// A string of the file.
  case string(String)
  /// A whole number of the file.
  case integer(Int)
  /// `true` or `false` of the file.
  case boolean(Bool)
  /// An array of the file.
  case array([ConfigurationValue])
  /// A table of the file, sorted by key.
  case table([(key: String, value: ConfigurationValue)])
  /// A value of a type that no key takes: its type's name and its text.
  case other(type: String, text: String)
  /// The text of an environment variable or a flag, of which the key decides the type.
  case text(String)

  /// What a message says was found.
  var found: String {
    switch self {
    case .string(let text): return "the text \(Self.quoted(Self.withoutSecret(text)))"
    case .integer(let number): return "the number \(number)"
    case .boolean(let value): return "\(value)"
    case .array: return "a list"
    case .table: return "a table"
    case .other(let type, let text): return "the \(type) \(text)"
    case .text(let text): return Self.quoted(Self.withoutSecret(text))
    }
  }

  /// An address with its user and password replaced by an ellipsis: messages end up in logs.
  private static func withoutSecret(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@"), let colon = text.firstIndex(of: ":"), colon < at,
      text[colon...].hasPrefix("://")
    else { return text }
    return text[...colon] + "//…" + text[at...]
  }

  /// The value as TOML has it.
  var toml: String {
    switch self {
    case .string(let text), .text(let text): return Self.quoted(text)
    case .integer(let number): return "\(number)"
    case .boolean(let value): return "\(value)"
    case .array(let values): return "[" + values.map(\.toml).joined(separator: ", ") + "]"
    case .table(let members):
      return "{" + members.map { "\(Self.quoted($0.key)) = \($0.value.toml)" }.joined(separator: ", ") + "}"
    case .other(_, let text): return text
    }
  }

  /// A basic string of TOML, cut to 120 characters.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars.prefix(120) {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + (text.unicodeScalars.count > 120 ? "…\"" : "\"")
  }

  static func == (left: ConfigurationValue, right: ConfigurationValue) -> Bool { left.toml == right.toml }
}
