import PrecisModel

/// Which articles are removed; what a person marked as kept is never removed.
public struct RetentionRules: Sendable, Equatable {
  /// Articles older than so many seconds go.
  public var maximumAge: Int64?
  /// Of each feed the newest so many stay.
  public var maximumPerFeed: Int?
  /// The oldest go until the articles have at most so many bytes.
  public var maximumBytes: Int?

  /// Rules from their parts; nil is no limit.
  public init(maximumAge: Int64? = nil, maximumPerFeed: Int? = nil, maximumBytes: Int? = nil) {
    self.maximumAge = maximumAge
    self.maximumPerFeed = maximumPerFeed
    self.maximumBytes = maximumBytes
  }
}

extension StoreWriter {
  /// Removes, and commits, the articles that the rules do not let stay, at most `limit` of them, oldest first;
  /// gives how many. Compaction gives their room back.
  @discardableResult
  public func apply(_ rules: RetentionRules, now: Timestamp, limit: Int = .max) throws(StoreError) -> Int {
    let doomed = keeper.index.ordinals(beyond: rules, now: now)
    var removed = 0
    for ordinal in doomed.prefix(limit) {
      let record = keeper.index.record(ordinal)
      guard let id = EntryHead.id(record.idHigh, record.idLow) else { continue }
      if try remove(id) { removed += 1 }
      if pendingBytes >= 1 << 20 { try commit() }
    }
    try commit()
    return removed
  }
}

extension KeyIndex {
  /// The articles that the rules do not let stay, oldest first.
  fileprivate func ordinals(beyond rules: RetentionRules, now: Timestamp) -> [UInt32] {
    guard count > 0 else { return [] }
    var stay: [UInt32] = []
    var bytes = 0
    for ordinal in 1...UInt32(count) where date(ordinal) != 0 {
      bytes += Int(record(ordinal).length) + 1
      stay.append(ordinal)
    }
    stay.sort { (date($0), $0) < (date($1), $1) }
    var doomed: [UInt32] = []
    var perFeed: [UInt64: Int] = [:]
    if rules.maximumPerFeed != nil {
      for ordinal in stay { perFeed[feed(ordinal), default: 0] += 1 }
    }
    let oldest = rules.maximumAge.map { now.seconds - $0 } ?? .min
    for ordinal in stay where !record(ordinal).isKept {
      let isOld = Int64(date(ordinal)) < oldest
      let isSurplus = rules.maximumPerFeed.map { perFeed[feed(ordinal), default: 0] > $0 } ?? false
      let isTooMuch = rules.maximumBytes.map { bytes > $0 } ?? false
      guard isOld || isSurplus || isTooMuch else { continue }
      doomed.append(ordinal)
      perFeed[feed(ordinal), default: 0] -= 1
      bytes -= Int(record(ordinal).length) + 1
    }
    return doomed
  }
}
