extension Configuration {
  /// The key tables of docs/configuration.md, one per table of the file.
  ///
  /// Made from ``keys``; a test holds the committed page to it.
  public static var referenceTables: String {
    var out = ""
    var table = ""
    for key in keys {
      let (name, leaf) = split(key.key)
      if name != table {
        table = name
        out += out.isEmpty ? "" : "\n"
        out += "### `\(name == "feeds" ? "[[feeds]]" : "[\(name)]")`\n\n"
        out += "| key | type | built-in value | meaning |\n| --- | --- | --- | --- |\n"
      }
      let facts = key.type + (key.unit.map { ", " + $0 } ?? "")
      let value = key.defaultText.map { "`\($0)`" } ?? "none"
      out += "| `\(leaf)` | \(cell(facts)) | \(value) | \(cell(key.doc)) |\n"
    }
    return out
  }

  /// Each value that is in force, as TOML has it, with where it came from; nil for the built-in values.
  public var explanation: [(key: String, value: String, origin: ConfigurationOrigin?)] {
    Configuration.settings.compactMap { setting in
      guard let value = setting.get(self) else { return nil }
      return (setting.key, value.toml, origins[setting.key])
    }
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
