import PrecisModel

/// What is to be done with one entry of a feed document.
///
/// Indirect, for it is handed on many times, and an article has some forty members to copy.
public indirect enum DedupDecision: Equatable, Sendable {
  /// It is an article that was never seen: to be stored, with this fingerprint. Its id may differ from the
  /// one that it came with, where that one is another article's.
  case new(Article, fingerprint: UInt64)
  /// Nothing is to be stored.
  case unchanged
  /// It is a newer version of `previous`: same id, revision one higher, to be stored with this fingerprint.
  ///
  /// The curated keys are those of the new version; what is kept of the previous ones is the curator's
  /// business.
  case revision(Article, previous: Article, fingerprint: UInt64)
  /// It is the stored article, seen in another feed for the first time.
  ///
  /// The article is the stored one with the sighting added, same revision, to be stored with this
  /// fingerprint.
  case sighting(Article, Article.Sighting, fingerprint: UInt64)
}

/// The numbers of the deduplicator.
public struct DedupConfiguration: Sendable, Equatable {
  /// Revisions of one article that are stored as they come.
  public var freeRevisions = 10
  /// After these, the least seconds between two: texts with clocks and counters must not fill the store.
  public var revisionSpacing: Int64 = 86_400
  /// Sightings that one article remembers.
  public var sightingLimit = 32
  /// Stored articles that may be read for the weak matches of one document.
  public var weakMatchLimit = 400

  /// The defaults.
  public init() {}
}

/// What one feed document has brought so far: entries of one document are told apart by it.
///
/// A caller that hands a document over in several batches keeps one from the first to the last.
public struct DocumentMemory: Sendable {
  /// Ids given to, or claimed by, entries of the document.
  var claimed: Set<ArticleID> = []
  /// The entries that had a GUID, by its key.
  var guids: [UInt64: Glance] = [:]
  /// Addresses, and the entry that had each first.
  var addresses: [String: Glance] = [:]
  /// Addresses that several entries have.
  var sharedAddresses: Set<String> = []
  /// GUIDs that several entries have which are no versions of each other.
  var sharedGUIDs: Set<UInt64> = []
  /// Stored articles read for weak matches.
  var weakMatches = 0

  /// Nothing yet.
  public init() {}

  /// As much of an entry as tells it from another of the same document.
  struct Glance: Sendable {
    var guid: UInt64?
    var address: String?
    var title: UInt64
    var fragment: UInt64
    var fingerprint: UInt64
  }
}
