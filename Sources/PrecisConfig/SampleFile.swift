extension Configuration {
  /// config/precis.toml: every key with its unit, its doc and its built-in value, all commented out.
  ///
  /// Made from ``keys``; a test holds the committed file to it.
  public static var sampleFile: String {
    var out = """
      # Precis: the configuration. Every key with its built-in value; take the # away to change one.
      #
      # Read from: --config FILE, $PRECIS_CONFIG, $CONFIGURATION_DIRECTORY/precis.toml,
      # $XDG_CONFIG_HOME/precis/precis.toml (~/.config), /etc/precis/precis.toml: the first that there is.
      # Flags win over PRECIS_... variables (PRECIS_NETWORK_CONCURRENCY=8), these over this file.
      # Durations and sizes carry their unit: "500ms", "30s", "15m", "1h30m", "7d"; "64 KiB", "16 MiB".
      # `precis check` tells whether the file is right, and which line is not.

      """
    var table = ""
    for key in keys {
      let (name, leaf) = split(key.key)
      if name != table {
        table = name
        out += "\n" + (name == "feeds" ? feedsIntroduction : "[\(name)]\n")
      }
      out += entry(key, leaf: leaf)
    }
    return out
  }

  private static let feedsIntroduction = """
    # Feeds that are declared here rather than subscribed to by `precis add`: one [[feeds]] table each.
    # [[feeds]]

    """

  private static func entry(_ key: KeyDescription, leaf: String) -> String {
    var facts = key.type
    if let unit = key.unit { facts += ", \(unit)" }
    var out = "\n"
    for line in wrapped(plain(key.doc) + " (\(facts))", width: 100) { out += "# \(line)\n" }
    if key.kind == .phrases {
      // A table of its own could not be commented out key by key: the dotted form can.
      return out + "# \(leaf) = \(key.example ?? "{}")\n"
    }
    return out + "# \(leaf) = \(key.defaultText ?? key.example ?? "\"\"")\n"
  }

  static func split(_ key: String) -> (table: String, leaf: String) {
    let dot = key.firstIndex(of: ".") ?? key.startIndex
    return (String(key[..<dot]), String(key[dot...].drop { $0 == "." }))
  }

  private static func plain(_ doc: String) -> String { doc.filter { $0 != "`" } }

  /// Words in lines of at most `width` characters.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
