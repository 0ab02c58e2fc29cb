import PrecisModel

/// Titles, summaries and contents of all vocabularies, and which of them counts.
extension FeedReader {
  func startText(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, _ frame: inout Frame
  ) {
    switch known.element {
    case .encoded: beginText(attributes, &frame, default: .html)
    case .body: beginText(attributes, &frame, default: known.vocabulary == .xhtml ? .xhtml : .unknown)
    case .content where attributes.value("type")?.lowercased().hasPrefix("multipart/") == true:
      // Atom 0.3: a choice of contents, of which `ContentRank` takes the best.
      frame.element = .unknown
    case .content:
      if let source = attributes.value("src")?.trimmed.nonEmpty {
        takeContentSource(source, attributes, frame)
      }
      beginText(attributes, &frame, default: atomDefault)
    case .title, .summary, .subtitle, .info: beginText(attributes, &frame, default: atomDefault)
    default: beginText(attributes, &frame, default: .unknown)
    }
  }

  /// RFC 4287 section 3.1.1: without a type, Atom's texts are characters. Nobody else's are for sure.
  private var atomDefault: TextKind { feed.format == .atom10 ? .plain : .unknown }

  /// Takes a text that has ended.
  func take(_ text: consuming ParsedText, _ frame: Frame) {
    if entry.isOpen { takeInEntry(text, frame) } else { takeInFeed(text, frame) }
  }

  private func takeInEntry(_ text: consuming ParsedText, _ frame: Frame) {
    switch frame.element {
    case .title: entry.take(title: text, rank: 4)
    case .dcTitle: entry.take(title: text, rank: 3)
    case .mediaTitle: entry.take(title: text, rank: 2)
    case .itunesTitle: entry.take(title: text, rank: 1)
    case .description: if entry.description == nil { entry.description = text }
    case .summary: entry.take(summary: text, rank: SummaryRank.summary)
    case .dcDescription: entry.take(summary: text, rank: SummaryRank.dublinCore)
    case .itunesSummary: entry.take(summary: text, rank: SummaryRank.itunesSummary)
    case .itunesSubtitle: entry.take(summary: text, rank: SummaryRank.itunesSubtitle)
    case .mediaDescription: entry.take(summary: text, rank: SummaryRank.mediaDescription)
    case .encoded: entry.take(content: text, rank: 4)
    case .content: entry.take(content: text, rank: text.kind == .html ? 3 : 2)
    case .body: entry.take(content: text, rank: 1)
    default: return
    }
  }

  private func takeInFeed(_ text: ParsedText, _ frame: Frame) {
    switch frame.element {
    case .title: feedDraft.title.takeFirst(text, rank: 2)
    case .dcTitle: feedDraft.title.takeFirst(text, rank: 1)
    case .description, .subtitle: feedDraft.description.takeFirst(text, rank: 5)
    case .dcDescription: feedDraft.description.takeFirst(text, rank: 4)
    case .itunesSummary: feedDraft.description.takeFirst(text, rank: 3)
    case .info: feedDraft.description.takeFirst(text, rank: 2)
    case .itunesSubtitle, .summary: feedDraft.description.takeFirst(text, rank: 1)
    default: return
    }
    if frame.element == .title || frame.element == .dcTitle { feed.title = feedDraft.title.value }
  }

  /// RFC 4287 section 4.1.3.2: content that is elsewhere.
  private func takeContentSource(_ source: String, _ attributes: XMLAttributes, _ frame: Frame) {
    guard entry.isOpen else { return }
    let address = bases.resolve(source, at: frame.base)
    let type = attributes.value("type")?.trimmed.nonEmpty
    if type == nil || type?.contains("html") == true {
      entry.take(url: address, rank: LinkRank.content)
    } else {
      entry.add(Article.Attachment(url: address, mimeType: type))
    }
  }
}
