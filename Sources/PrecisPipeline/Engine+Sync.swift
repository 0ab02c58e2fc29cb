import PrecisModel
import PrecisSchedule

extension Engine {
  /// Which feeds a sync is to poll.
  public enum Selection: Sendable {
    /// Every subscription.
    case all
    /// Those that these ids, addresses or titles mean.
    case named([String])
  }

  /// Whether promises made to servers may be broken.
  public typealias Force = SchedulePolicy.ManualForce

  /// Polls feeds now and tells `observer` of each, on the engine's queue, and of the end.
  ///
  /// Feeds that their server asked to leave alone are reported as deferred, unless forced.
  /// `reply` says first whether the selection is understood: nil, or why not.
  public func sync(
    _ selection: Selection, force: Force = .no, reply: @escaping @Sendable (EngineError?) -> Void = { _ in },
    observer: @escaping @Sendable (SyncEvent) -> Void
  ) {
    queue.async { @Sendable [self] in
      guard !isStopping else { return reply(.stopping) }
      do {
        let states = try select(selection)
        reply(nil)
        begin(
          SyncRun(feeds: Set(states.map(\.id)), startedAt: .now, observer: observer), states, force: force)
      } catch let error as EngineError {
        reply(error)
      } catch {
        storeFailed(error)
        reply(.store("\(error)"))
      }
    }
  }

  private func begin(_ run: SyncRun, _ states: [FeedState], force: Force) {
    let now = clock()
    runs.append(run)
    for state in states {
      switch policy.manual(state, now: now, force: force) {
      case .poll:
        // A feed that is under way is reported when it ends.
        polls.update(subscriptions.number(of: state.id), due: now)
      case .wait(let until, let reason):
        var report = FeedReport(id: state.id, url: state.url, title: state.displayTitle, outcome: .deferred)
        report.error = "not before \(until): \(reason.sentence)"
        report.nextDue = state.nextDue
        run.report(report)
      case .refused(let reason):
        var report = FeedReport(id: state.id, url: state.url, title: state.displayTitle, outcome: .deferred)
        report.error = reason.sentence
        run.report(report)
      }
    }
    finishRuns()
    pump()
  }

  private func select(_ selection: Selection) throws -> [FeedState] {
    var states: [FeedState] = []
    try writer.forEachState { if $0.status != .removed { states.append($0) } }
    switch selection {
    case .all: return states.filter { $0.status == .active }
    case .named(let names): return try names.map { try one($0, among: states) }
    }
  }

  /// The one subscription that a name means.
  func one(_ name: String, among states: [FeedState]) throws(EngineError) -> FeedState {
    let matches = FeedSelector.matches(name, among: states)
    guard let first = matches.first else { throw .unknownFeed(name) }
    guard matches.count == 1 else { throw .ambiguousFeed(name, matches: matches.map(\.url)) }
    return first
  }
}
