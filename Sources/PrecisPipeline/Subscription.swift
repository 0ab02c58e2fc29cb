import PrecisModel

/// A feed to subscribe to.
public struct Subscription: Sendable, Equatable {
  /// Its address: http or https.
  public var url: String
  /// A title instead of the publisher's.
  public var title: String?
  /// A folder, parts joined by `/`.
  public var folder: String?

  /// A subscription from its parts.
  public init(url: String, title: String? = nil, folder: String? = nil) {
    self.url = url
    self.title = title
    self.folder = folder
  }
}

/// What an import came to.
public struct ImportSummary: Sendable, Equatable {
  /// Feeds subscribed to.
  public var added = 0
  /// Feeds that were subscribed to before.
  public var known = 0
  /// What was passed over, each with its line where that is known.
  public var warnings: [String] = []

  /// Nothing yet.
  public init() {}
}

/// Which subscription a person means: an id or its beginning, an address, or a title.
public enum FeedSelector {
  /// The subscriptions that `text` may mean, best match first: one that is exact leaves out all others.
  public static func matches(_ text: String, among states: some Sequence<FeedState>) -> [FeedState] {
    var search = Search(text)
    for state in states { search.look(at: state) }
    return search.matches
  }

  /// A search through subscriptions that are looked at one by one.
  public struct Search {
    private let text: String
    private let wanted: String
    private let bareText: Substring
    private var isExact = false
    /// What was found so far: all that may be meant, or the one that is.
    public private(set) var matches: [FeedState] = []

    /// A search for what a person wrote.
    public init(_ text: String) {
      self.text = text
      wanted = text.lowercased()
      bareText = bare(text)
    }

    /// Takes a subscription among the matches, if it is one.
    public mutating func look(at state: FeedState) {
      guard !isExact, state.status != .removed else { return }
      let id = state.id.text
      if id == wanted || state.url == text || state.subscribedURL == text {
        isExact = true
        matches = [state]
        return
      }
      let isPrefix = wanted.utf8.count >= 4 && id.hasPrefix(wanted)
      if isPrefix || bare(state.url) == bareText || state.displayTitle.lowercased() == wanted {
        matches.append(state)
      }
    }
  }

  /// An address without scheme and closing slash, as people type them.
  private static func bare(_ url: String) -> Substring {
    var rest = url.lowercased()[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    return rest.hasSuffix("/") ? rest.dropLast() : rest
  }
}
