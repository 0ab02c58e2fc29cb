import Glibc
import PrecisModel
import PrecisViews

extension Engine {
  /// Tells whether the engine and the fetcher still turn: `done` is called once both have.
  public func ping(_ done: @escaping @Sendable () -> Void) {
    queue.async { @Sendable [self] in fetcher.ping(done) }
  }

  /// What the engine is doing.
  public func status(_ reply: @escaping @Sendable (DaemonStatus) -> Void) {
    queue.async { @Sendable [self] in
      var status = DaemonStatus(
        version: version, processID: Int(getpid()), since: startedAt, store: directory)
      status.feeds = polls.count - pages.lineCount
      status.pagesWanted = pages.count
      status.failing = counters.failing.count
      status.gone = counters.gone.count
      for kind in counters.failing.values { status.failureKinds[kind, default: 0] += 1 }
      // ignored: a state that cannot be read is told where it is polled.
      if let number = polls.nextFeed, let id = subscriptions.id(number), let next = try? writer.state(id) {
        status.nextFeed = (title: next.displayTitle, reason: next.dueReason?.rawValue ?? "never polled")
      }
      status.lastPoll = counters.lastPoll
      status.latencyMilliseconds = counters.latency
      status.articles = writer.counts.articles
      status.lastSequence = Int(writer.lastSequence)
      status.inFlight = polls.inFlight
      status.nextDue = polls.nextDue
      status.polls = counters.polls
      status.notModified = counters.notModified
      status.failures = counters.failures
      status.new = counters.new
      status.bytes = counters.bytes
      status.storeError = storeError
      reply(status)
    }
  }
}
