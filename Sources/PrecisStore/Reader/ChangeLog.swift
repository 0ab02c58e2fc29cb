import PrecisJSON
import PrecisModel

/// One line of the change log.
public struct Change: Sendable, Equatable {
  /// Its sequence number.
  public let sequence: Int64
  /// What happened.
  public let kind: Kind

  /// What can happen to an article.
  public enum Kind: Sendable, Equatable {
    /// It was added, or changed (`revision` above 1), or got a sighting.
    case article(Article)
    /// It was removed.
    case removed(ArticleID)
  }
}

extension StoreReader {
  /// The changes after a sequence number, oldest first, at most `limit`; only those that are durable.
  ///
  /// Of an article that changed several times, compaction leaves the last change.
  public func changes(since sequence: Int64, limit: Int) throws(StoreError) -> [Change] {
    var changes: [Change] = []
    try forEachDurableLine(after: sequence) { (line, head) throws(StoreError) in
      if head.isRemoved {
        guard let id = head.id else { return true }
        changes.append(Change(sequence: head.sequence, kind: .removed(id)))
      } else if let json = try? JSONParser.parse(Array(line)), let article = Article(json: json) {
        changes.append(Change(sequence: head.sequence, kind: .article(article)))
      }
      return changes.count < limit
    }
    return changes
  }

  /// Gives the newest line of every article, in order, to `body`.
  func forEachLine(_ body: (EntryHead, Article?) throws -> Void) throws {
    if view.isStale(files) { try refresh() }
    let view = view
    var pending: [(EntryHead, Article)] = []
    for segment in view.segments {
      let file = try view.file(UInt32(segment.number))
      var scanner = LineScanner(file, from: 0, to: segment.bytes)
      while true {
        pending.removeAll(keepingCapacity: true)
        var isEnd = false
        while pending.count < 64 {
          let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
            guard StoreLine.fault(line) == nil, let head = EntryHead(line), let id = head.id else {
              damagedLines += 1
              return
            }
            guard !head.isRemoved, view.place(id: id)?.sequence ?? head.sequence <= head.sequence,
              let json = try? JSONParser.parse(Array(line)), let article = Article(json: json)
            else { return }
            pending.append((head, article))
          }
          if step == nil {
            isEnd = true
            break
          }
        }
        for (head, article) in pending { try body(head, article) }
        if isEnd { break }
      }
    }
  }

  /// Gives the durable lines after a sequence number to `body` until it answers false.
  func forEachDurableLine(
    after sequence: Int64, _ body: (UnsafeRawBufferPointer, EntryHead) throws(StoreError) -> Bool
  ) throws(StoreError) {
    let durable = DurableMark.read(files, boot: boot) ?? .max
    let manifest = (try? Manifest.read(files)) ?? nil
    for segment in try ReaderView.segments(files, "entries") {
      if let listed = manifest?.entries.first(where: { $0.number == segment.number }),
        listed.bytes == segment.bytes, listed.lastSequence <= sequence
      {
        continue
      }
      let file = try files.open("entries/" + StoreDirectory.segmentName(segment.number), .read)
      var scanner = LineScanner(file, from: 0, to: segment.bytes)
      while true {
        let goesOn: Bool? = try scanner.next { (_, line) throws(StoreError) in
          guard let number = StoreLine.sequence(line), number > sequence else { return true }
          guard number <= durable else { return false }
          guard StoreLine.fault(line) == nil, let head = EntryHead(line) else { return true }
          return try body(line, head)
        }
        guard let goesOn else { break }
        if !goesOn { return }
      }
    }
  }
}
