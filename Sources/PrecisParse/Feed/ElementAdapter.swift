import PrecisModel

/// Where each element goes: to the file of its kind.
extension FeedReader {
  /// An element opens that is no markup inside a text.
  func startElement(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, _ frame: inout Frame
  ) {
    if frame.context == .document {
      startDocument(name, known, attributes, &frame)
      return
    }
    switch frame.context {
    case .image: return startInImage(&frame)
    case .person: return startInPerson(&frame)
    case .source: return startInSource(attributes, &frame)
    case .skipHours, .skipDays:
      frame.isCapturing = known.element == .hour || known.element == .day
      return
    case .textInput, .ignored: return
    case .document, .feed, .entry: break
    }
    switch known.element {
    case .unknown: return
    case .feed, .rss, .rdf, .channel, .cdfChannel, .entry, .html, .opml:
      startDocument(name, known, attributes, &frame)
    case .title, .description, .summary, .content, .encoded, .body, .subtitle, .info, .dcTitle,
      .dcDescription,
      .mediaTitle, .mediaDescription, .itunesTitle, .itunesSubtitle, .itunesSummary:
      startText(name, known, attributes, &frame)
    case .link: startLink(attributes, &frame)
    case .image: startImage(attributes, &frame)
    case .textInput, .contentItems: frame.context = .ignored
    case .source: startSource(attributes, &frame)
    case .enclosure: startEnclosure(attributes, &frame)
    case .category: startCategory(attributes, &frame)
    case .author, .contributor, .owner: startPerson(attributes, &frame)
    case .skipHours: frame.context = .skipHours
    case .skipDays: frame.context = .skipDays
    case .guid:
      frame.isCapturing = true
      // A guid is an address unless it says that it is none.
      frame.isSilent = attributes.has("ispermalink", "false")
    case .mediaContent: startMediaContent(attributes, frame)
    case .mediaPeerLink: startEnclosure(attributes, &frame)
    case .mediaThumbnail: addImage(attributes.value("url"), rank: ImageRank.thumbnail, frame)
    case .itunesImage:
      addImage(attributes.value("href") ?? attributes.value("url"), rank: ImageRank.itunes, frame)
    case .license: startLicense(attributes, &frame)
    case .inReplyTo: takeAnswered(attributes, frame)
    case .podcastLocation: startLocation(attributes, &frame)
    case .shape: frame.context = .ignored
    case .itunesCategory, .mediaGroup: return
    case .logo, .icon:
      frame.isCapturing = true
      // CDF: `<LOGO HREF="…" STYLE="IMAGE"/>`.
      addImage(attributes.value("href"), rank: ImageRank.logo, frame)
    default: frame.isCapturing = true
    }
  }

  /// An element closes that is no markup inside a text.
  func endElement(_ frame: Frame) {
    switch frame.context {
    case .image: return endInImage(frame)
    case .person: return endInPerson(frame)
    case .source: return endInSource(frame)
    case .skipHours, .skipDays: return endInSkips(frame)
    case .document, .textInput, .ignored: return
    case .feed, .entry: break
    }
    switch frame.element {
    case .entry: finishEntry()
    case .title, .description, .summary, .content, .encoded, .body, .subtitle, .info, .dcTitle,
      .dcDescription,
      .mediaTitle, .mediaDescription, .itunesTitle, .itunesSubtitle, .itunesSummary:
      if let text = text(frame) { take(text, frame) }
    case .link, .id, .guid, .comments, .origLink, .origEnclosureLink, .icon, .logo, .url, .newFeedURL:
      if frame.isCapturing { takeAddress(frame) }
    case .creator, .publisher, .itunesAuthor, .managingEditor, .webMaster, .mediaCredit, .podcastPerson:
      takePerson(frame)
    case .published, .updated, .created, .dcDate, .issued, .lastBuildDate: takeDate(frame)
    case .category, .subject, .keywords, .mediaCategory: takeTopics(frame)
    case .language: takeLanguage(frame)
    case .commentsFeed, .commentCount: takeComments(frame)
    case .license: takeLicense(frame)
    case .point, .latitude, .longitude, .placeName, .podcastLocation: takePlace(frame)
    case .ttl, .updatePeriod, .updateFrequency: takeHint(frame)
    case .duration: if entry.isOpen { entry.duration = Self.seconds(plain(frame)) }
    default: return
    }
  }
}
