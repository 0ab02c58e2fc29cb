import PrecisModel

/// Makes subscriptions of the events of an OPML document.
final class OPMLReader: XMLHandler {
  let lines = LineCounter()
  let namespaces = NamespaceTable()
  private(set) var outlines: [OPML.Outline] = []
  private(set) var title: String?
  private(set) var isOPML = false
  /// The first element of the document.
  private(set) var root: String?
  private(set) var lastLine = 0
  var warningLog: WarningLog
  private let limits: ParseLimits
  private(set) var failure: ParseError?
  /// The folder's title for each open element, or nil for what is no folder.
  private var folders: [String?] = []
  private var titleText: [UInt8]?

  init(limits: ParseLimits) {
    self.limits = limits
    warningLog = WarningLog(limit: limits.maxWarnings)
  }

  var hasFailed: Bool { failure != nil }

  func fail(_ error: ParseError) { failure = failure ?? error }

  func warn(_ message: String) { warningLog.add(ParseWarning(line: lines.line, message: message)) }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let count = titleText?.count, count + bytes.count <= 4096 { titleText?.append(contentsOf: bytes) }
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard failure == nil else { return }
    lastLine = lines.line
    var folder: String?
    switch name.localText.lowercased() {
    case "opml": isOPML = true
    case "outline" where isOPML || root == "outline" || root == "body": folder = outline(attributes)
    case "title" where isOPML && title == nil: titleText = []
    default: break
    }
    if folders.isEmpty, root == nil { root = name.localText }
    folders.append(folder)
  }

  func end() {
    _ = folders.popLast()
    if let text = titleText {
      title = String(decoding: text, as: UTF8.self).collapsed.nonEmpty
      titleText = nil
    }
  }

  /// Takes a subscription; returns the title of a folder.
  private func outline(_ attributes: XMLAttributes) -> String? {
    let name =
      (attributes.value("title")?.collapsed.nonEmpty ?? attributes.value("text")?.collapsed.nonEmpty) ?? ""
    let type = attributes.value("type")?.trimmed.nonEmpty
    var address = attributes.value("xmlurl")?.trimmed.withoutLineBreaks.nonEmpty
    if address == nil, type?.lowercased() == "rss" || type?.lowercased() == "atom" {
      address = attributes.value("url")?.trimmed.withoutLineBreaks.nonEmpty
    }
    guard var address else { return name.nonEmpty }
    if address.lowercased().hasPrefix("feed://") { address = "http://" + address.dropFirst(7) }
    if address.lowercased().hasPrefix("feed:http") { address = String(address.dropFirst(5)) }
    guard address.isWebAddress, address.utf8.count <= 8192 else {
      warn("the feed's address is not of http or https: \(address.prefix(80))")
      return nil
    }
    guard outlines.count < limits.maxEntries else {
      fail(.limit(.entries, limits.maxEntries))
      return nil
    }
    let home = attributes.value("htmlurl")?.trimmed.withoutLineBreaks.nonEmpty
    outlines.append(
      OPML.Outline(
        title: name, feedURL: address, homePageURL: home.flatMap { $0.isWebAddress ? $0 : nil },
        folder: folders.compactMap { $0 }.joined(separator: "/").nonEmpty, type: type))
    return nil
  }
}
