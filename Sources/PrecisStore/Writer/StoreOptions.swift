import PrecisModel

/// How a store is written.
public struct StoreOptions: Sendable {
  /// Bytes after which a new segment is begun; at most 1 GiB.
  public var segmentSize = 64 << 20
  /// Bytes appended between two checkpoints; after a power cut so much is read again.
  public var checkpointInterval = 32 << 20
  /// Where those wait for the disk.
  public var checkpoints = CheckpointPlace.besideAppends
  /// Where commits that were begun wait for it.
  public var commits = CommitPlace.besideAppends
  /// Bytes of the state log below which it is not compacted.
  public var stateLogSize = 1 << 20
  /// Identity keys and fingerprint of an article whose line carries none (imported, or of an older format).
  public var keys: @Sendable (Article) -> (keys: [UInt64], fingerprint: UInt64)
  /// The run of the machine; tests set it to simulate a power cut.
  public var boot = BootIdentity.current

  /// The defaults; without `keys`, an article is known by its id alone.
  public init(keys: @escaping @Sendable (Article) -> (keys: [UInt64], fingerprint: UInt64) = { _ in ([], 0) })
  {
    self.keys = keys
  }
}

/// What the index knows of an article, without reading it.
public struct KnownArticle: Sendable, Equatable {
  /// Its id.
  public let id: ArticleID
  /// The fingerprint it was appended with.
  public let fingerprint: UInt64
  /// The number of the feed it was first seen in (`FeedID.number`).
  public let feed: UInt64
  /// A hash of its title; compare with ``titleHash(of:)``.
  public let titleHash: UInt32
  /// Its revision.
  public let revision: Int
  /// The sequence number of its newest line.
  public let sequence: Int64
  /// Whether a person marked it as kept.
  public let isKept: Bool
  /// Whether a retention rule removed it: it is known, and not to be stored again.
  public let isRemoved: Bool
  let location: LineLocation

  /// The hash that ``titleHash`` holds for a title.
  public static func titleHash(of title: String) -> UInt32 { EntryHead.titleHash(title) }

  init(_ record: IndexRecord, feed: UInt64) {
    id = ArticleID(prefix64: record.idHigh, suffix32: record.idLow)
    fingerprint = record.fingerprint
    self.feed = feed
    titleHash = record.titleHash
    revision = record.revision
    sequence = record.sequence
    isKept = record.isKept
    isRemoved = record.isRemoved
    location = record.location
  }

  init(_ head: EntryHead, at location: LineLocation) {
    id = head.id
    fingerprint = head.fingerprint
    feed = head.feed
    titleHash = head.titleHash
    revision = head.revision
    sequence = head.sequence
    isKept = head.isKept
    isRemoved = head.isRemoved
    self.location = location
  }
}
