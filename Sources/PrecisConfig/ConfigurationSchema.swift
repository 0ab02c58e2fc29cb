extension Configuration {
  /// docs/schema/configuration.schema.json: JSON Schema 2020-12 of precis.toml, for editors that know TOML schemas.
  ///
  /// Made from ``keys``; a test holds the committed file to it.
  public static var schema: String {
    var tables: [(name: String, keys: [KeyDescription])] = []
    for key in keys {
      let table = split(key.key).table
      if tables.last?.name == table {
        tables[tables.count - 1].keys.append(key)
      } else {
        tables.append((table, [key]))
      }
    }
    let members = tables.map { name, keys in
      let table = object(keys)
      return name == "feeds"
        ? "    \"feeds\": {\"type\": \"array\", \"items\": \(table)}" : "    \"\(name)\": \(table)"
    }
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://precis.invalid/schema/1/configuration.schema.json",
        "title": "precis.toml",
        "type": "object",
        "properties": {
      \(members.joined(separator: ",\n"))
        },
        "additionalProperties": false
      }

      """
  }

  private static func object(_ keys: [KeyDescription]) -> String {
    let members = keys.map { "      \"\(split($0.key).leaf)\": \(value($0))" }
    let required = keys.first?.key.hasPrefix("feeds.") ?? false ? "\"required\": [\"url\"], " : ""
    return """
      {"type": "object", \(required)"additionalProperties": false, "properties": {
      \(members.joined(separator: ",\n"))
          }}
      """
  }

  private static func value(_ key: KeyDescription) -> String {
    var out = "{\"description\": \(ConfigurationValue.json(key.doc)), \(type(key.kind))"
    if let text = key.defaultText { out += ", \"default\": \(text)" }
    return out + "}"
  }

  private static func type(_ kind: KeyDescription.Kind) -> String {
    switch kind {
    case .boolean: return "\"type\": \"boolean\""
    case .integer(let range):
      return "\"type\": \"integer\", \"minimum\": \(range.lowerBound), \"maximum\": \(range.upperBound)"
    case .duration: return "\"type\": \"string\", \"pattern\": \"^([0-9]+(w|d|h|m|s|ms) *)+$\""
    case .size:
      return "\"type\": \"string\", \"pattern\": \"^[0-9]+ *([kKmMgGtT]([iI])?)?[bB]$\""
    case .text, .path: return "\"type\": \"string\", \"minLength\": 1"
    case .texts: return "\"type\": \"array\", \"items\": {\"type\": \"string\", \"minLength\": 1}"
    case .choice(let names): return "\"enum\": [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]"
    case .phrases:
      return """
        "type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1}
        """
    }
  }
}

extension ConfigurationValue {
  /// A JSON string of a text of ours, which has no control characters.
  fileprivate static func json(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
