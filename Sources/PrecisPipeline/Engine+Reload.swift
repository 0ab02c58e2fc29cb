import Dispatch
import PrecisConfig
import PrecisFetch
import PrecisSchedule

extension Engine {
  /// Takes over another configuration; what is under way keeps the old one.
  public func reload(_ configuration: Configuration) {
    queue.async { @Sendable [self] in
      self.configuration = configuration
      declared = DeclaredFeeds(configuration.feeds)
      policy.configuration = ScheduleConfiguration(configuration)
      polls.reconfigure(configuration)
      madeCurator = nil
      do {
        try fetcher.reconfigure(FetchConfiguration(configuration, version: version))
      } catch {
        logger.error("the network settings stay as they were: \(error)")
      }
      do {
        let now = clock()
        // Due times are fitted to the new intervals.
        try writer.forEachState(.plan) { state in
          guard trigger == .schedule, !isAskedFor(state.id), let number = subscriptions.known(state.id) else {
            return
          }
          let policy = policy(for: state)
          polls.update(number, due: policy.due(of: state, now: now), interval: policy.interval(of: state))
        }
        polls.spreadOverdue(now: now, random: &random)
      } catch {
        storeFailed(error)
      }
      takeInDeclared()
      pump()
      housekeeping.retentionDue = nil
      keepHouse()
    }
  }

  /// Subscribes to what another configuration declares; where the store does not take it, again after a while.
  private func takeInDeclared() {
    reopenStore()
    do {
      try subscribeDeclared(now: clock())
    } catch {
      storeFailed(error)
      logger.error("the declared feeds are taken in once the store takes them")
      queue.asyncAfter(deadline: .now() + storeRetry) { @Sendable [weak self] in
        guard let self, !isStopping else { return }
        takeInDeclared()
        pump()
      }
    }
  }
}
