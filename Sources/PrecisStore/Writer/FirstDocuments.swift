import PrecisModel

/// Documents that feeds were recognised by when they were subscribed to, a file each in `fetched/`: the first poll reads
/// its feed's instead of asking for the same again. What is lost of them costs a request.
extension StoreWriter {
  private static let documents = "fetched"

  /// The feeds that have a document; files of other names are removed.
  public func feedsWithDocuments() -> [FeedID] {
    // ignored: without the folder there are none.
    let names = (try? files.names(in: Self.documents)) ?? []
    return names.compactMap { name in
      if let feed = FeedID(name), feed.text == name { return feed }
      // ignored: what is not read does no harm.
      try? files.remove(Self.documents + "/" + name)
      return nil
    }
  }

  /// Keeps a document, so that it is there whole or not at all, also after a power cut.
  public func keepDocument(_ bytes: [UInt8], of feed: FeedID) throws(StoreError) {
    try files.makeFolder(Self.documents)
    try files.replace(Self.documents + "/" + feed.text, with: bytes)
  }

  /// A feed's document; nil where there is none of at most `limit` bytes.
  public func document(of feed: FeedID, limit: Int) -> [UInt8]? {
    // ignored: it is asked for instead.
    try? files.contents(Self.documents + "/" + feed.text, limit: limit)
  }

  /// Removes a feed's document.
  public func removeDocument(of feed: FeedID) {
    // ignored: it is removed at the next start.
    try? files.remove(Self.documents + "/" + feed.text)
  }
}
