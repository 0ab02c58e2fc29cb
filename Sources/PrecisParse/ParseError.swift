/// Why a document gave no feed, or not the whole of it.
public enum ParseError: Error, Sendable, Equatable {
  /// The bytes are something else; the reason says what was found.
  case notAFeed(String)
  /// There is nothing, or only white space.
  case empty
  /// It is an HTML page: a feed may be linked from it.
  case html
  /// A limit was passed; entries before that were handed on.
  case limit(Limit, Int)

  /// The limits of `ParseLimits`.
  public enum Limit: String, Sendable {
    /// `maxDepth`, in elements.
    case depth = "nested elements"
    /// `maxEntries`, in entries.
    case entries = "entries"
    /// `maxEntryBytes`, in bytes.
    case entryBytes = "bytes of one entry"
    /// `maxTextBytes`, in bytes.
    case textBytes = "bytes of one text"
    /// `maxAttributes`, in attributes.
    case attributes = "attributes of one element"
    /// `maxTagBytes`, in bytes.
    case tagBytes = "bytes of one tag"
    /// `maxExpansion`, in bytes.
    case expansion = "bytes of expanded entities"
    /// `maxDocumentBytes`, in bytes.
    case documentBytes = "bytes of the document"
  }
}

extension ParseError: CustomStringConvertible {
  /// A sentence for a person.
  public var description: String {
    switch self {
    case .notAFeed(let reason): return "not a feed: \(reason)"
    case .empty: return "not a feed: the document is empty"
    case .html: return "not a feed: an HTML page"
    case .limit(let limit, let value): return "limit passed: more than \(value) \(limit.rawValue)"
    }
  }
}
