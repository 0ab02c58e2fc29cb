/// Why the engine cannot do what it was asked.
public enum EngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No subscription is named so.
  case unknownFeed(String)
  /// Several subscriptions could be meant.
  case ambiguousFeed(String, matches: [String])
  /// The address is no web address.
  case notAnAddress(String)
  /// The address, which is given without it, holds a user name or a password.
  case secretInAddress(url: String)
  /// It is subscribed to already.
  case alreadySubscribed(url: String)
  /// The page names no feed.
  case noFeedFound(url: String)
  /// The page names several feeds, and none stands out.
  case severalFeeds(url: String, candidates: [String])
  /// It could not be fetched.
  case unreachable(url: String, reason: String)
  /// The file is no OPML.
  case notOPML(String)
  /// The store failed; nothing more is accepted until a restart.
  case store(String)
  /// The engine is going down.
  case stopping

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .unknownFeed(let name): "\(name): no such subscription; `precis feeds` lists them"
    case .ambiguousFeed(let name, let matches):
      "\(name): could be any of \(matches.joined(separator: ", ")); give more of it"
    case .notAnAddress(let text): "\(text): not a web address; it must begin with http:// or https://"
    case .secretInAddress(let url):
      "\(url): a user name and password are not kept in addresses; put them into a file and declare the feed with "
        + "url and credentials under [[feeds]] in precis.toml"
    case .alreadySubscribed(let url): "\(url): subscribed to already"
    case .noFeedFound(let url): "\(url): no feed there, and the page names none"
    case .severalFeeds(let url, let candidates):
      "\(url): the page names several feeds; add the one you want:\n  " + candidates.joined(separator: "\n  ")
    case .unreachable(let url, let reason): "\(url): \(reason)"
    case .notOPML(let reason): reason
    case .store(let reason): reason
    case .stopping: "Precis is going down"
    }
  }
}
