import PrecisModel

/// Which articles are removed; what a person marked as kept is never removed, and nothing is without a rule.
public struct RetentionRules: Sendable, Equatable {
  /// Articles older than so many seconds go.
  public var maximumAge: Int64?
  /// The newest so many articles stay.
  public var maximumCount: Int?
  /// Of each feed the newest so many stay.
  public var maximumPerFeed: Int?
  /// The oldest go until the articles have at most so many bytes.
  public var maximumBytes: Int?

  /// Rules from their parts; nil is no limit.
  public init(
    maximumAge: Int64? = nil, maximumCount: Int? = nil, maximumPerFeed: Int? = nil, maximumBytes: Int? = nil
  ) {
    self.maximumAge = maximumAge
    self.maximumCount = maximumCount
    self.maximumPerFeed = maximumPerFeed
    self.maximumBytes = maximumBytes
  }

  /// Whether there is no rule.
  public var isEmpty: Bool { self == RetentionRules() }
}

/// Articles that are to be removed, oldest first; the work may be done in pieces.
public struct RetentionSweep: Sendable {
  fileprivate var ordinals: ArraySlice<UInt32>

  /// How many are left to remove.
  public var count: Int { ordinals.count }
}

extension StoreWriter {
  /// The articles that the rules do not let stay, as the index has them: what is not committed is not looked at.
  public func sweep(_ rules: RetentionRules, now: Timestamp) -> RetentionSweep {
    RetentionSweep(ordinals: rules.isEmpty ? [] : keeper.index.ordinals(beyond: rules, now: now)[...])
  }

  /// Adds tombstones for the next articles of a sweep, at most `limit`, to the group; gives how many. One that was
  /// marked as kept meanwhile stays. Compaction gives their room back.
  @discardableResult
  public func remove(_ sweep: inout RetentionSweep, limit: Int) throws(StoreError) -> Int {
    var removed = 0
    for ordinal in sweep.ordinals.prefix(limit) {
      let record = keeper.index.record(ordinal)
      let id = ArticleID(prefix64: record.idHigh, suffix32: record.idLow)
      if find(id.prefix64)?.isKept != true, try remove(id) { removed += 1 }
    }
    sweep.ordinals = sweep.ordinals.dropFirst(limit)
    return removed
  }

  /// Removes, and commits, all articles that the rules do not let stay; gives how many.
  @discardableResult
  public func apply(_ rules: RetentionRules, now: Timestamp) throws(StoreError) -> Int {
    var sweep = sweep(rules, now: now)
    var removed = 0
    while sweep.count > 0 {
      removed += try remove(&sweep, limit: 1000)
      try commit()
    }
    return removed
  }
}

extension KeyIndex {
  /// The articles that the rules do not let stay, those first that stand last in a list.
  fileprivate func ordinals(beyond rules: RetentionRules, now: Timestamp) -> [UInt32] {
    guard count > 0 else { return [] }
    var live = 0
    var bytes = 0
    var perFeed: [UInt64: Int] = [:]
    let oldest = rules.maximumAge.map { UInt32(clamping: now.seconds - $0) } ?? 0
    for ordinal in 1...UInt32(count) where date(ordinal) != 0 {
      live += 1
      bytes += Int(record(ordinal).length) + 1
      if rules.maximumPerFeed != nil { perFeed[feed(ordinal), default: 0] += 1 }
    }
    let isTooMuch = live > rules.maximumCount ?? .max || bytes > rules.maximumBytes ?? .max
    // Only what may go is sorted: mostly little or nothing.
    var candidates: [UInt32] = []
    for ordinal in 1...UInt32(count) where date(ordinal) != 0 && !record(ordinal).isKept {
      let isSurplus = rules.maximumPerFeed.map { perFeed[feed(ordinal), default: 0] > $0 } ?? false
      if isTooMuch || isSurplus || date(ordinal) < oldest { candidates.append(ordinal) }
    }
    candidates.sort { (date($0), order($0)) < (date($1), order($1)) }
    var doomed: [UInt32] = []
    for ordinal in candidates {
      let isOld = date(ordinal) < oldest
      let isSurplus = rules.maximumPerFeed.map { perFeed[feed(ordinal), default: 0] > $0 } ?? false
      guard isOld || isSurplus || live > rules.maximumCount ?? .max || bytes > rules.maximumBytes ?? .max
      else { continue }
      doomed.append(ordinal)
      if rules.maximumPerFeed != nil { perFeed[feed(ordinal), default: 0] -= 1 }
      live -= 1
      bytes -= Int(record(ordinal).length) + 1
    }
    return doomed
  }
}
