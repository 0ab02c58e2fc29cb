/// An index in memory of the lines that the index file does not cover.
struct TailIndex {
  private var byID: [UInt64: ReaderView.Place] = [:]
  private var byURL: [UInt64: [UInt64]] = [:]
  private var feeds: [UInt64: UInt64] = [:]

  /// Takes in a line.
  mutating func add(_ head: EntryHead, at location: LineLocation) {
    if let held = byID[head.idHigh], held.sequence > head.sequence { return }
    byID[head.idHigh] = ReaderView.Place(
      id: (head.idHigh, head.idLow), location: location, sequence: head.sequence, date: head.date,
      isRemoved: head.isRemoved, isKept: head.isKept, isUndated: head.isUndated)
    feeds[head.idHigh] = head.feed
    if head.urlKey != 0, byURL[head.urlKey]?.contains(head.idHigh) != true {
      byURL[head.urlKey, default: []].append(head.idHigh)
    }
  }

  /// The newest line of each article.
  var places: Dictionary<UInt64, ReaderView.Place>.Values { byID.values }

  /// The newest line of an article.
  func place(high: UInt64, low: UInt32) -> ReaderView.Place? {
    guard let place = byID[high], place.id.low == low else { return nil }
    return place
  }

  /// The newest lines of the articles whose address may have a key.
  func places(urlKey: UInt64) -> [ReaderView.Place] { (byURL[urlKey] ?? []).compactMap { byID[$0] } }

  /// The number of an article's feed.
  func feed(of place: ReaderView.Place) -> UInt64? { feeds[place.id.high] }
}
