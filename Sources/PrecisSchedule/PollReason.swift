import PrecisModel

extension PollReason {
  /// Whether a wait for this reason may be shortened: what servers and feeds ask for may not, and neither may that
  /// of a feed of which every poll costs the whole document.
  var mayComeSooner: Bool {
    switch self {
    case .firstPoll, .defaultInterval, .configured, .rhythm, .silence, .window, .manual: true
    case .noValidators, .ttl, .updatePeriod, .skipHours, .skipDays, .maxAge, .retryAfter, .rateLimit,
      .backoff,
      .gone, .merged:
      false
    }
  }
}
