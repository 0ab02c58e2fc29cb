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

  /// Reads a list.
  ///
  /// - Throws: `OPMLError` where it is no OPML, or where a limit was passed.
  public static func read(_ bytes: [UInt8]) throws(OPMLError) -> Document {
    throw .notOPML("nothing was found", line: 1)
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
