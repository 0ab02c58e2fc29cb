/// The vocabularies that feeds are written in, whatever prefix and whichever of its addresses a feed uses.
enum Vocabulary: UInt8 {
  /// RSS, Atom and CDF, and no namespace at all: one vocabulary, told apart by the element and its attributes.
  case core
  case rdf, dublinCore, dublinCoreTerms, content, itunes, podcast, media, slash, wellFormedWeb, threading
  case syndication, feedburner, googlePlay, xhtml, creativeCommons
  /// GeoRSS, the GML inside it, and the simple vocabularies of the W3C and of ICBM.
  case geography
  /// Markup that is not ours to understand, but may stand inside content (SVG, MathML).
  case markup
  case other

  /// The vocabulary of a namespace address; nil where it is none of ours.
  static func named(_ address: String) -> Vocabulary? {
    if let known = byAddress[address] { return known }
    var key = address.lowercased()
    if key.hasPrefix("https://") { key = "http://" + key.dropFirst(8) }
    while key.hasSuffix("/") || key.hasSuffix("#") { key.removeLast() }
    return byAddress[key]
  }

  /// What a prefix means by custom; for prefixes that are not declared, or declared with a misspelt address.
  static func customary(_ prefix: String) -> Vocabulary? { byPrefix[prefix.lowercased()] }

  private static let byAddress: [String: Vocabulary] = [
    "": .core,
    "http://www.w3.org/2005/atom": .core,
    "http://purl.org/atom/ns": .core,
    "http://purl.org/atom": .core,
    "http://example.com/newformat": .core,
    "http://example.com/necho": .core,
    "http://purl.org/echo": .core,
    "uri/of/echo/namespace": .core,
    "http://purl.org/pie": .core,
    "http://backend.userland.com/rss": .core,
    "http://backend.userland.com/rss091": .core,
    "http://backend.userland.com/rss092": .core,
    "http://backend.userland.com/rss2": .core,
    "http://blogs.law.harvard.edu/tech/rss": .core,
    "http://cyber.law.harvard.edu/rss": .core,
    "http://purl.org/rss/1.0": .core,
    "http://purl.org/net/rss1.1": .core,
    "http://my.netscape.com/rdf/simple/0.9": .core,
    "http://channel.netscape.com/rdf/simple/0.9": .core,
    "http://my.netscape.com/publish/formats/rss-0.91": .core,
    "http://rssnamespace.org/feeds/rss": .core,
    "http://www.rssboard.org/rss-specification": .core,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": .rdf,
    "http://purl.org/dc/elements/1.1": .dublinCore,
    "http://purl.org/dc/elements/1.0": .dublinCore,
    "http://purl.org/dc": .dublinCore,
    "http://purl.org/dc/terms": .dublinCoreTerms,
    "http://purl.org/rss/1.0/modules/content": .content,
    "http://purl.org/rss/1.0/modules/dcterms": .dublinCoreTerms,
    "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
    "http://example.com/dtds/podcast-1.0.dtd": .itunes,
    "http://www.itunes.com/dtds/podcast-1.0": .itunes,
    "http://podcastindex.org/namespace/1.0": .podcast,
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": .podcast,
    "http://www.google.com/schemas/play-podcasts/1.0": .googlePlay,
    "http://search.yahoo.com/mrss": .media,
    "http://search.yahoo.com/mrss/1.1": .media,
    "http://tools.search.yahoo.com/mrss": .media,
    "http://video.search.yahoo.com/mrss": .media,
    "http://video.search.yahoo.com/mrss/1.0.0": .media,
    "http://purl.org/rss/1.0/modules/slash": .slash,
    "http://wellformedweb.org/commentapi": .wellFormedWeb,
    "http://purl.org/syndication/thread/1.0": .threading,
    "http://purl.org/rss/1.0/modules/syndication": .syndication,
    "http://rssnamespace.org/feedburner/ext/1.0": .feedburner,
    "http://www.georss.org/georss": .geography,
    "http://www.georss.org/georss/10": .geography,
    "http://www.georss.org": .geography,
    "http://georss.org/georss": .geography,
    "http://www.opengis.net/gml": .geography,
    "http://www.opengis.net/gml/3.2": .geography,
    "http://www.w3.org/2003/01/geo/wgs84_pos": .geography,
    "http://www.w3.org/2003/01/geo": .geography,
    "http://postneo.com/icbm": .geography,
    "http://backend.userland.com/creativecommonsrssmodule": .creativeCommons,
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": .creativeCommons,
    "http://blogs.law.harvard.edu/tech/creativecommonsrssmodule": .creativeCommons,
    "http://web.resource.org/cc": .creativeCommons,
    "http://creativecommons.org/ns": .creativeCommons,
    "http://www.w3.org/1999/xhtml": .xhtml,
    "http://www.w3.org/2000/svg": .markup,
    "http://www.w3.org/1998/math/mathml": .markup,
  ]

  private static let byPrefix: [String: Vocabulary] = [
    "rdf": .rdf, "dc": .dublinCore, "dcterms": .dublinCoreTerms, "content": .content, "itunes": .itunes,
    "podcast": .podcast, "media": .media, "slash": .slash, "wfw": .wellFormedWeb, "thr": .threading,
    "sy": .syndication, "feedburner": .feedburner, "googleplay": .googlePlay, "xhtml": .xhtml, "html": .xhtml,
    "h": .xhtml, "georss": .geography, "gml": .geography, "geo": .geography, "icbm": .geography,
    "cc": .creativeCommons, "creativecommons": .creativeCommons, "atom": .core, "atom10": .core, "a10": .core,
    "rss": .core,
  ]
}
