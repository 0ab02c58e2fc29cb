import PrecisModel

/// What is counted since the start.
struct EngineCounters {
  var polls = 0
  var notModified = 0
  var failures = 0
  /// The class of the failure that lasts, by feed.
  private(set) var failing: [UInt32: String] = [:]
  /// Feeds whose server said that they are gone.
  private(set) var gone: Set<UInt32> = []
  var lastPoll: Timestamp?
  /// In milliseconds, a moving mean.
  var latency = 0
  var bytes = 0
  var new = 0

  /// Takes in how a feed is now. One that is gone is not polled any more, and so does not fail.
  mutating func note(_ state: FeedState, of feed: UInt32) {
    if state.status == .active, let failure = state.failure {
      failing[feed] = failure.kind
    } else if !failing.isEmpty {
      failing[feed] = nil
    }
    if state.status == .gone { gone.insert(feed) } else if !gone.isEmpty { gone.remove(feed) }
  }

  mutating func forget(_ feed: UInt32) {
    failing[feed] = nil
    gone.remove(feed)
  }
}
