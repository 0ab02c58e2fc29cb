import PrecisModel

extension Export {
  /// The columns of the CSV and of the SQLite table `articles`, in order.
  static let columns: [(name: String, text: @Sendable (Article) -> String?)] = [
    ("id", { $0.id.text }),
    ("revision", { "\($0.revision)" }),
    ("date_published", { $0.datePublished?.description }),
    ("date_modified", { $0.dateModified?.description }),
    ("date_synced", { $0.dateSynced.description }),
    ("title", { $0.title }),
    ("url", { $0.url }),
    ("external_url", { $0.externalURL }),
    ("source", { $0.source.name }),
    ("feed_url", { $0.source.feedURL }),
    ("feed_id", { $0.feedID.text }),
    ("authors", { joined($0.authors.compactMap { $0.name ?? $0.email ?? $0.url }) }),
    ("language", { $0.language }),
    ("fields", { joined($0.fields) }),
    ("depth", { $0.depth?.rawValue }),
    ("length", { $0.length?.rawValue }),
    ("word_count", { "\($0.wordCount)" }),
    ("summary", { $0.summary }),
    ("key_takeaway", { $0.keyTakeaway }),
    ("key_insights", { joined($0.keyInsights) }),
    ("principles", { joined($0.principles) }),
    ("method", { $0.method }),
    ("in_practice", { joined($0.inPractice) }),
    ("topics", { joined($0.topics) }),
    ("code_references", { joined($0.codeReferences.map(\.url)) }),
    ("best_for", { joined($0.bestFor) }),
    ("image", { $0.image }),
    ("license", { $0.license }),
    // A geo URI (RFC 5870): no spreadsheet takes it for a formula.
    ("location", { $0.location.map { "geo:\($0.latitude),\($0.longitude)" } }),
    ("place", { $0.location?.name }),
    ("comments_url", { $0.commentsURL }),
    ("comments_feed_url", { $0.commentsFeedURL }),
    ("comment_count", { $0.commentCount.map { "\($0)" } }),
    ("in_reply_to", { joined($0.inReplyTo.compactMap { $0.url ?? $0.ref }) }),
    ("content_text", { $0.content?.text }),
  ]

  /// One table as RFC 4180 has it: a heading, CRLF line ends, every field that needs them in quotes; lists are
  /// joined by `; `.
  ///
  /// A field that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab, or a full-width
  /// form of these) gets an apostrophe before it: articles are written by strangers.
  public static func csv(_ source: Source, to sink: Sink) throws {
    var bytes = Array(columns.map(\.name).joined(separator: ",").utf8)
    bytes += [0x0D, 0x0A]
    while let article = try source() {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        appendField(column.text(article) ?? "", to: &bytes)
      }
      bytes += [0x0D, 0x0A]
      if bytes.count >= pieceSize {
        try bytes.withUnsafeBufferPointer(sink)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try bytes.withUnsafeBufferPointer(sink)
  }

  private static func joined(_ values: [String]) -> String? {
    values.isEmpty ? nil : values.joined(separator: "; ")
  }

  private static func appendField(_ text: String, to bytes: inout [UInt8]) {
    let isFormula =
      text.unicodeScalars.first { !($0 == " " || $0.value == 0xA0) }.map(isFormulaStart) ?? false
    let needsQuotes = isFormula || text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    if !needsQuotes {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(0x22)
    if isFormula { bytes.append(0x27) }
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private static func isFormulaStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}
