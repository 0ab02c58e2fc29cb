import PrecisModel

extension OPML {
  /// Writes a list as OPML 2.0, folders as nested outlines, in the order in which they first occur.
  public static func write(title: String, outlines: [Outline], date: Timestamp) -> String {
    var root = Folder(title: "")
    for outline in outlines {
      let path = (outline.folder ?? "").split(separator: "/").prefix(32).map(String.init)
      root.add(outline, at: path[...])
    }
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>"
    out += escape(title) + "</title>\n    <dateCreated>" + rfc822(date)
    out += "</dateCreated>\n  </head>\n  <body>\n"
    root.write(to: &out, indent: "    ")
    return out + "  </body>\n</opml>\n"
  }

  private struct Folder {
    var title: String
    var children: [Child] = []
    var position: [String: Int] = [:]

    enum Child {
      case feed(Outline)
      case folder(Folder)
    }

    init(title: String) { self.title = title }

    mutating func add(_ outline: Outline, at path: ArraySlice<String>) {
      guard let first = path.first else { return children.append(.feed(outline)) }
      let index = position[first] ?? children.count
      if index == children.count {
        position[first] = index
        children.append(.folder(Folder(title: first)))
      }
      guard case .folder(var folder) = children[index] else { return }
      folder.add(outline, at: path.dropFirst())
      children[index] = .folder(folder)
    }

    func write(to out: inout String, indent: String) {
      for child in children {
        switch child {
        case .feed(let outline): outline.write(to: &out, indent: indent)
        case .folder(let folder):
          let name = escape(folder.title)
          out += indent + "<outline text=\"\(name)\" title=\"\(name)\">\n"
          folder.write(to: &out, indent: indent + "  ")
          out += indent + "</outline>\n"
        }
      }
    }
  }

  fileprivate static func escape(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\t", "\n", "\r": out += "&#\(scalar.value);"
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": continue
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static func rfc822(_ date: Timestamp) -> String {
    let c = date.civil
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let time = "\(two(c.hour)):\(two(c.minute)):\(two(c.second)) GMT"
    return "\(days[c.weekday]), \(two(c.day)) \(months[c.month - 1]) \(c.year) \(time)"
  }
}

extension OPML.Outline {
  fileprivate func write(to out: inout String, indent: String) {
    let name = OPML.escape(title.isEmpty ? feedURL : title)
    out += indent + "<outline type=\"\(OPML.escape(type ?? "rss"))\" text=\"\(name)\" title=\"\(name)\""
    out += " xmlUrl=\"\(OPML.escape(feedURL))\""
    if let homePageURL { out += " htmlUrl=\"\(OPML.escape(homePageURL))\"" }
    out += "/>\n"
  }
}
