import PrecisConfig
import PrecisModel
import PrecisSchedule
import PrecisURL

/// The feeds that the configuration declares, by address: what it sets for one of them holds wherever it is polled.
struct DeclaredFeeds {
  private var byAddress: [String: DeclaredFeed] = [:]

  init(_ feeds: [DeclaredFeed]) {
    for feed in feeds { if let url = WebURL(feed.url) { byAddress[Self.address(of: url)] = feed } }
  }

  /// What is declared of a subscription; it may have moved since it was declared.
  subscript(state: FeedState) -> DeclaredFeed? {
    byAddress.isEmpty ? nil : byAddress[state.url] ?? byAddress[state.subscribedURL]
  }

  /// An address as subscriptions have it.
  static func address(of url: WebURL) -> String { url.withoutCredentials().withoutFragment().text }
}

extension Engine {
  /// The policy for a feed: its own where the configuration sets an interval for it.
  func policy(for state: FeedState) -> SchedulePolicy {
    guard let interval = declared[state]?.interval else { return policy }
    return SchedulePolicy(configuration: policy.configuration.fixed(interval: interval.wholeSeconds))
  }
}
