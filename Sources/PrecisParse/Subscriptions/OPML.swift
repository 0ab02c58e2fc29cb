import PrecisModel

/// Reads and writes lists of subscriptions: OPML 1.0 and 2.0.
public enum OPML {
  /// One subscription of a list.
  public struct Outline: Equatable, Sendable {
    /// Its title; empty where the list gives none.
    public var title: String
    /// The feed's address.
    public var feedURL: String
    /// The site's address.
    public var homePageURL: String?
    /// The titles of the folders around it, joined by `/`; nil at the top.
    public var folder: String?
    /// The outline's `type`, such as `rss`.
    public var type: String?

    /// An outline from its parts.
    public init(
      title: String, feedURL: String, homePageURL: String? = nil, folder: String? = nil, type: String? = nil
    ) {
      self.title = title
      self.feedURL = feedURL
      self.homePageURL = homePageURL
      self.folder = folder
      self.type = type
    }
  }

  /// What a list holds.
  public struct Document: Equatable, Sendable {
    /// The list's title.
    public var title: String?
    /// The subscriptions, in the order of the document.
    public var outlines: [Outline]
    /// What was odd.
    public var warnings: [ParseWarning]
  }

  /// Reads a list, as far as it can be read: broken markup is mended, with a warning that names the line.
  ///
  /// An outline is a subscription where it has an `xmlUrl` of http or https; one without is a folder. A
  /// subscription inside a subscription is read as well.
  ///
  /// - Throws: `OPMLError` where it is no OPML, or where a limit was passed.
  public static func read(_ bytes: [UInt8]) throws(OPMLError) -> Document {
    var limits = ParseLimits()
    limits.maxDocumentBytes = 64 << 20
    guard bytes.count <= limits.maxDocumentBytes else {
      throw .limit(.documentBytes, limits.maxDocumentBytes, line: 0)
    }
    let reader = OPMLReader(limits: limits)
    var markup = MarkupReader(handler: reader, limits: limits)
    let decoder = DocumentDecoder(contentType: nil)
    bytes.withUnsafeBufferPointer { decoder.decode($0, isLast: true) { markup.consume($0) } }
    markup.finish()
    if case .limit(let limit, let value)? = reader.failure {
      throw .limit(limit, value, line: reader.lastLine)
    }
    guard reader.isOPML else {
      let root = reader.root.map { "the root element is <\($0.prefix(60))>" }
      throw .notOPML(root ?? (bytes.isEmpty ? "the document is empty" : "no markup was found"), line: 1)
    }
    for oddity in decoder.oddities + decoder.repairs {
      reader.warningLog.add(ParseWarning(line: 0, message: oddity))
    }
    return Document(title: reader.title, outlines: reader.outlines, warnings: reader.warningLog.all)
  }
}

/// Why a document is no list of subscriptions.
public enum OPMLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is something else; what was found, and the line.
  case notOPML(String, line: Int)
  /// A limit was passed, at a line.
  case limit(ParseError.Limit, Int, line: Int)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .notOPML(let reason, let line): return "not OPML: \(reason) (line \(line))"
    case .limit(let limit, let value, let line):
      return "limit passed: more than \(value) \(limit.rawValue) (line \(line))"
    }
  }
}
