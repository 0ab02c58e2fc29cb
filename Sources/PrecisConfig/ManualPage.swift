extension Configuration {
  /// docs/man/precis.toml.5, in the man(7) macros.
  ///
  /// Made from ``keys``; a test holds the committed page to it.
  public static var manualPage: String {
    var out = """
      .\\" Generated from the table of keys in Sources/PrecisConfig.
      .TH PRECIS.TOML 5 "" "precis" "File formats"
      .SH NAME
      precis.toml \\- configuration of precis(1)
      .SH DESCRIPTION
      .I precis.toml
      is a TOML 1.0 file. It need not be there: every key has a built\\-in value. The first of these that there is
      is read: the file that
      .B \\-\\-config
      names,
      .IR $PRECIS_CONFIG ,
      .IR $CONFIGURATION_DIRECTORY/precis.toml ,
      .I $XDG_CONFIG_HOME/precis/precis.toml
      .RI ( ~/.config ),
      .IR /etc/precis/precis.toml .
      .PP
      Flags win over the environment, the environment over the file. A key's variable is
      .B PRECIS_
      and the key in capitals with underscores:
      .BR PRECIS_NETWORK_CONCURRENCY=8 .
      .B PRECIS_STORE
      sets
      .BR store.directory .
      .PP
      Durations carry their unit (500ms, 30s, 15m, 1h30m, 7d), and so do sizes (64 KiB, 16 MiB). Unknown keys and
      wrong values are errors that name the line;
      .B precis check
      tells them all.

      """
    var table = ""
    for key in keys {
      let (name, leaf) = split(key.key)
      if name != table {
        table = name
        out += ".SH \(name == "feeds" ? "[[FEEDS]]" : "[\(name.uppercased())]")\n"
        if name == "feeds" { out += "One table for each feed that is declared in the file.\n" }
      }
      out += ".TP\n.B \(roff(leaf))\n\(roff(key.doc))\n.br\n\(roff(facts(key)))\n"
    }
    return out + """
      .SH SEE ALSO
      .BR precis (1)

      """
  }

  private static func facts(_ key: KeyDescription) -> String {
    var facts = key.type.prefix(1).uppercased() + key.type.dropFirst()
    if let unit = key.unit { facts += ", \(unit)" }
    return facts + (key.defaultText.map { ". Built-in value: \($0)." } ?? ".")
  }

  /// A text with what roff would take for its own escaped; a line never begins with a dot or an apostrophe here.
  private static func roff(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "`": continue
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "~": out += "\\(ti"
      default: out.append(character)
      }
    }
    return out.hasPrefix(".") || out.hasPrefix("'") ? "\\&" + out : out
  }
}
