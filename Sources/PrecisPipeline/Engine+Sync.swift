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
      hasSynced = true
      do {
        let wish = try wish(selection, force: force)
        reply(nil)
        begin(SyncRun(feeds: wish.feeds, startedAt: .now, observer: observer), wish, force: force)
      } catch let error as EngineError {
        reply(error)
      } catch {
        storeFailed(error)
        reply(.store("\(error)"))
      }
    }
  }

  /// What a selection comes to: numbers of feeds rather than their states, of which there may be very many.
  private struct Wish {
    var feeds: Set<FeedID> = []
    var polled: [UInt32] = []
    /// Feeds that are not polled, and why.
    var deferred: [FeedReport] = []
  }

  private func begin(_ run: SyncRun, _ wish: Wish, force: Force) {
    let now = moment()
    runs.append(run)
    // A feed that is under way is reported when it ends.
    for feed in wish.polled {
      polls.update(feed, due: now)
      if force == .yes { polls.breakHold(on: feed, now: now) }
    }
    readPages(of: wish.feeds, now: now)
    for report in wish.deferred { run.report(report, pages: pagesLeft(of: report.id, now: now)) }
    deferHeld(now: now)
    finishRuns()
    pump()
  }

  /// Puts off the feeds that somebody waits for and whose host has asked for rest, through whichever of its feeds:
  /// nobody waits for a command for hours.
  func deferHeld(now: Timestamp) {
    let shortest = max(60, Int64(policy.configuration.perHostSpacing))
    var reports: [FeedReport] = []
    for id in Set(runs.flatMap(\.waiting)) {
      // ignored: a state that cannot be read is told where it is polled.
      guard let number = subscriptions.known(id), let until = polls.heldUntil(number, now: now),
        until - now > shortest, let state = try? writer.state(id)
      else { continue }
      let policy = policy(for: state)
      polls.update(number, due: trigger == .schedule ? policy.due(of: state, now: now) : nil)
      var report = FeedReport(id: id, url: state.url, title: state.displayTitle, outcome: .deferred)
      report.error = "not before \(until): its host asked to wait until then, through another of its feeds"
      report.nextDue = state.nextDue
      reports.append(report)
    }
    if !reports.isEmpty { self.report(reports) }
  }

  private func wish(_ selection: Selection, force: Force) throws -> Wish {
    let now = moment()
    var wish = Wish()
    func add(_ state: FeedState) {
      guard wish.feeds.insert(state.id).inserted else { return }
      let error: String
      switch policy.manual(state, now: now, force: force) {
      case .poll: return wish.polled.append(subscriptions.number(of: state.id))
      case .wait(let until, let reason): error = "not before \(until): \(reason.sentence)"
      case .refused(let reason): error = reason.sentence
      }
      var report = FeedReport(id: state.id, url: state.url, title: state.displayTitle, outcome: .deferred)
      report.error = error
      report.nextDue = state.nextDue
      wish.deferred.append(report)
    }
    switch selection {
    case .all:
      let (free, others) = subscriptions.split()
      wish.polled = free
      for number in free { if let id = subscriptions.id(number) { wish.feeds.insert(id) } }
      for id in others { if let state = try writer.state(id), state.status == .active { add(state) } }
    case .named(let names): for name in names { add(try one(name)) }
    }
    return wish
  }

  /// The one subscription that a name means.
  func one(_ name: String) throws -> FeedState {
    var search = FeedSelector.Search(name)
    if let number = subscriptions.feed(at: name), let id = subscriptions.id(number),
      let state = try writer.state(id)
    {
      search.look(at: state)
    }
    if search.matches.isEmpty { try writer.forEachState { search.look(at: $0) } }
    guard let first = search.matches.first else { throw EngineError.unknownFeed(name) }
    guard search.matches.count == 1 else {
      throw EngineError.ambiguousFeed(name, matches: search.matches.map(\.url))
    }
    return first
  }
}
