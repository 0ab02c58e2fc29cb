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
    let wanted = text.lowercased()
    var loose: [FeedState] = []
    for state in states where state.status != .removed {
      if state.id.text == wanted || state.url == text || state.subscribedURL == text { return [state] }
      let isPrefix = wanted.utf8.count >= 4 && state.id.text.hasPrefix(wanted)
      if isPrefix || bare(state.url) == bare(text) || state.displayTitle.lowercased() == wanted {
        loose.append(state)
      }
    }
    return loose
  }

  /// An address without scheme and closing slash, as people type them.
  private static func bare(_ url: String) -> Substring {
    var rest = url.lowercased()[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    return rest.hasSuffix("/") ? rest.dropLast() : rest
  }
}
