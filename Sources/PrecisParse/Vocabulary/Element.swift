/// What an element means to a feed, whatever it is called in its vocabulary.
enum Element: UInt8 {
  /// Known to nobody here; inside content it is markup.
  case unknown
  // Documents and their parts.
  case rss, rdf, feed, channel, cdfChannel, entry, image, textInput, html, opml
  // Texts.
  case title, description, summary, content, encoded, body, subtitle, info
  case dcTitle, dcDescription, mediaTitle, mediaDescription, itunesTitle, itunesSubtitle, itunesSummary
  // Names and addresses.
  case id, guid, link, url, comments, origLink, origEnclosureLink, source, enclosure, icon, logo, newFeedURL,
    itunesImage
  case contentItems
  // People.
  case author, contributor, managingEditor, webMaster, creator, publisher, itunesAuthor, owner, name, email,
    uri
  // Dates.
  case published, updated, created, dcDate, issued, lastBuildDate
  // Everything else.
  case category, subject, keywords, itunesCategory, language
  case ttl, skipHours, skipDays, hour, day, updatePeriod, updateFrequency
  case duration, mediaGroup, mediaContent, mediaThumbnail, mediaCategory, mediaCredit, mediaPeerLink,
    podcastPerson
  // What is said about an entry: comments, answers, places, licences.
  case commentsFeed, commentCount, inReplyTo, license
  case point, latitude, longitude, placeName, podcastLocation
  /// Lines and areas: none of their points is the place.
  case shape

  /// Whether its text may be markup, so that elements inside it are part of the text.
  var holdsMarkup: Bool {
    switch self {
    case .title, .description, .summary, .content, .encoded, .body, .subtitle, .info, .dcTitle,
      .dcDescription,
      .mediaTitle, .mediaDescription, .itunesTitle, .itunesSubtitle, .itunesSummary:
      return true
    default: return false
    }
  }

  /// The element of a local name, in ASCII lower case, of a vocabulary.
  static func named(_ name: String, in vocabulary: Vocabulary) -> Element {
    switch vocabulary {
    case .core: return core[name] ?? .unknown
    case .rdf: return name == "rdf" ? .rdf : .unknown
    case .dublinCore: return dublinCore[name] ?? .unknown
    case .dublinCoreTerms: return dublinCoreTerms[name] ?? .unknown
    case .content: return name == "encoded" ? .encoded : name == "items" ? .contentItems : .unknown
    case .itunes, .googlePlay: return itunes[name] ?? .unknown
    case .media: return media[name] ?? .unknown
    case .syndication:
      return name == "updateperiod" ? .updatePeriod : name == "updatefrequency" ? .updateFrequency : .unknown
    case .feedburner:
      return name == "origlink" ? .origLink : name == "origenclosurelink" ? .origEnclosureLink : .unknown
    case .podcast: return podcast[name] ?? .unknown
    case .xhtml: return name == "body" ? .body : name == "html" ? .html : .unknown
    case .slash: return name == "comments" ? .commentCount : .unknown
    case .wellFormedWeb: return name == "commentrss" ? .commentsFeed : .unknown
    case .threading: return name == "in-reply-to" ? .inReplyTo : name == "total" ? .commentCount : .unknown
    case .creativeCommons: return name == "license" ? .license : .unknown
    case .geography: return geography[name] ?? .unknown
    case .markup, .other: return .unknown
    }
  }

  private static let core: [String: Element] = [
    "rss": .rss, "rdf": .rdf, "feed": .feed, "channel": .channel, "item": .entry, "entry": .entry,
    "image": .image, "textinput": .textInput, "html": .html, "opml": .opml,
    "title": .title, "description": .description, "abstract": .description, "summary": .summary,
    "content": .content, "encoded": .encoded, "body": .body, "fullitem": .encoded, "subtitle": .subtitle,
    "tagline": .subtitle, "info": .info,
    "id": .id, "guid": .guid, "link": .link, "url": .url, "comments": .comments, "source": .source,
    "enclosure": .enclosure, "icon": .icon, "logo": .logo,
    "author": .author, "contributor": .contributor, "managingeditor": .managingEditor,
    "webmaster": .webMaster, "creator": .creator, "name": .name, "email": .email, "uri": .uri,
    "homepage": .uri,
    "pubdate": .published, "published": .published, "issued": .issued, "date": .dcDate, "updated": .updated,
    "modified": .updated, "created": .created, "lastbuilddate": .lastBuildDate, "lastmod": .updated,
    "publisheddate": .published, "pub_date": .published,
    "category": .category, "keywords": .keywords, "language": .language, "ttl": .ttl,
    "skiphours": .skipHours, "skipdays": .skipDays, "hour": .hour, "day": .day,
    "commentrss": .commentsFeed, "license": .license,
  ]

  private static let dublinCore: [String: Element] = [
    "title": .dcTitle, "description": .dcDescription, "creator": .creator, "author": .creator,
    "publisher": .publisher, "date": .dcDate, "subject": .subject, "language": .language,
    "contributor": .contributor,
  ]

  private static let dublinCoreTerms: [String: Element] = [
    "title": .dcTitle, "abstract": .dcDescription, "description": .dcDescription, "creator": .creator,
    "issued": .issued, "available": .issued, "created": .created, "modified": .updated, "date": .dcDate,
    "subject": .subject, "language": .language, "license": .license,
  ]

  private static let podcast: [String: Element] = [
    "person": .podcastPerson, "license": .license, "location": .podcastLocation,
  ]

  private static let geography: [String: Element] = [
    "point": .point, "pos": .point, "lat": .latitude, "latitude": .latitude, "long": .longitude,
    "lon": .longitude, "longitude": .longitude, "featurename": .placeName, "linestring": .shape,
    "polygon": .shape, "envelope": .shape,
  ]

  private static let itunes: [String: Element] = [
    "author": .itunesAuthor, "title": .itunesTitle, "subtitle": .itunesSubtitle, "summary": .itunesSummary,
    "description": .itunesSummary, "image": .itunesImage, "link": .itunesImage, "owner": .owner,
    "name": .name, "email": .email, "keywords": .keywords, "category": .itunesCategory,
    "duration": .duration, "new-feed-url": .newFeedURL,
  ]

  private static let media: [String: Element] = [
    "group": .mediaGroup, "content": .mediaContent, "thumbnail": .mediaThumbnail, "title": .mediaTitle,
    "description": .mediaDescription, "text": .unknown, "keywords": .keywords, "category": .mediaCategory,
    "credit": .mediaCredit, "peerlink": .mediaPeerLink, "license": .license,
  ]
}
