/// The Channel Definition Format: addresses and dates in attributes, the rest as in RSS.
extension FeedState {
  mutating func readCDF(channel attributes: XMLAttributes, _ frame: Frame) {
    if let text = attributes.value("lastmod") {
      feedDraft.modified.take(date(text, of: "LASTMOD"), rank: DateRank.exact)
    }
    if let address = attributes.value("href") {
      feedDraft.homePage.take(bases.resolve(address.trimmed, at: frame.base).nonEmpty, rank: LinkRank.text)
    }
  }

  mutating func readCDF(item attributes: XMLAttributes, _ frame: Frame) {
    if let text = attributes.value("lastmod") {
      entry.modified.take(date(text, of: "LASTMOD"), rank: DateRank.exact)
    }
    if let address = attributes.value("href") {
      entry.url.take(bases.resolve(address.trimmed, at: frame.base).nonEmpty, rank: LinkRank.text)
    }
  }
}
