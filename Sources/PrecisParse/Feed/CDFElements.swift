/// The Channel Definition Format: addresses and dates in attributes, the rest as in RSS.
extension FeedReader {
  func readCDF(channel attributes: XMLAttributes, _ frame: inout Frame) {
    if let base = attributes.value("base")?.trimmed.nonEmpty { frame.base = bases.push(base) }
    if let text = attributes.value("lastmod") {
      feedDraft.modified.take(date(text, of: "LASTMOD"), rank: DateRank.exact)
    }
    if let address = attributes.value("href") {
      feedDraft.homePage.take(bases.resolve(address.trimmed, at: frame.base).nonEmpty, rank: LinkRank.text)
    }
  }

  func readCDF(item attributes: XMLAttributes, _ frame: Frame) {
    if let text = attributes.value("lastmod") {
      entry.takeLatest(modified: date(text, of: "LASTMOD"), rank: DateRank.exact)
    }
    if let address = attributes.value("href") {
      entry.takeLatest(url: bases.resolve(address.trimmed, at: frame.base).nonEmpty, rank: LinkRank.text)
    }
  }
}
