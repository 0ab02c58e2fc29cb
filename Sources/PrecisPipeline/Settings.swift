import PrecisConfig
import PrecisCurate
import PrecisFetch
import PrecisIdentity
import PrecisSchedule
import PrecisStore

// What each stage needs of the configuration, in the stage's own terms: no stage knows the configuration.

extension StoreOptions {
  /// How the store is written, with the keys that the deduplicator asks for.
  public init(_ configuration: Configuration) {
    self.init { (IdentityKeys.keys(of: $0), IdentityKeys.fingerprint(of: $0)) }
    segmentSize = Int(clamping: configuration.store.segmentSize.bytes)
  }
}

extension RetentionRules {
  /// Which articles are removed; none where nothing is configured.
  init(_ configuration: Configuration) {
    let store = configuration.store
    self.init(
      maximumAge: store.retentionAge.map { Int64($0.wholeSeconds) }, maximumCount: store.retentionCount,
      maximumPerFeed: store.retentionPerFeed,
      maximumBytes: store.retentionSize.map { Int(clamping: $0.bytes) })
  }
}

extension FetchConfiguration {
  init(_ configuration: Configuration, version: String) {
    self.init()
    let network = configuration.network
    maxConcurrent = network.concurrency
    maxPerHost = network.perHost
    connectTimeout = network.connectTimeout
    totalTimeout = network.timeout
    minimumSpeed = Int(clamping: network.minimumSpeed.bytes)
    maxBodyBytes = Int(clamping: network.maxBody.bytes)
    // 16 MiB for the bodies of all transfers that the workers have not taken yet.
    maxOutstandingBytes = max(64 << 10, min(512 << 10, (16 << 20) / network.concurrency))
    maxRedirects = network.maxRedirects
    maxDecompressionRatio = network.maxDecompressionRatio
    userAgent = network.userAgent ?? "Precis/\(version) (feed reader)"
    proxy = network.proxy
    allowAddresses = network.allowAddresses.compactMap { AddressRange($0) }
    caBundle = network.caBundle
  }
}

extension ScheduleConfiguration {
  init(_ configuration: Configuration) {
    self.init()
    let schedule = configuration.schedule
    minimumInterval = schedule.minimumInterval.wholeSeconds
    maximumInterval = schedule.maximumInterval.wholeSeconds
    defaultInterval = schedule.defaultInterval.wholeSeconds
    withoutValidatorsInterval = max(minimumInterval, min(withoutValidatorsInterval, maximumInterval))
    jitter = Double(schedule.jitter) / 100
    perHostSpacing = configuration.network.spacing.wholeSeconds
    backoff.limit(
      first: schedule.backoffInitial.wholeSeconds, last: schedule.backoffMaximum.wholeSeconds)
  }
}

extension ScheduleConfiguration.Backoff {
  /// Fits the waits of all classes to what the operator set: the network's first wait, and the longest of all.
  fileprivate mutating func limit(first: Int, last: Int) {
    network.base = first
    for path in [
      \Self.network, \Self.tls, \Self.server, \Self.denied, \Self.missing, \Self.content, \Self.store,
    ] {
      self[keyPath: path].cap = min(self[keyPath: path].cap, last)
      self[keyPath: path].base = min(self[keyPath: path].base, last)
    }
  }
}

extension PollQueue {
  init(_ configuration: Configuration) {
    self.init(
      perHostSpacing: configuration.network.spacing.wholeSeconds,
      perHostInFlight: configuration.network.perHost)
  }

  mutating func reconfigure(_ configuration: Configuration) {
    reconfigure(
      perHostSpacing: configuration.network.spacing.wholeSeconds,
      perHostInFlight: configuration.network.perHost)
  }
}

extension CuratorConfiguration {
  /// The built-in taxonomy and what the configuration adds.
  public init(_ configuration: Configuration) {
    self.init()
    for (name, terms) in configuration.curation.taxonomy.sorted(by: { $0.key < $1.key }) {
      topics.append(TaxonomyTopic(name: name, terms: terms.map { $0.lowercased() }))
    }
  }
}

extension Duration {
  /// Seconds, a part of one counted as a whole.
  var wholeSeconds: Int {
    let (seconds, attoseconds) = components
    return Int(clamping: seconds) + (attoseconds > 0 ? 1 : 0)
  }
}
