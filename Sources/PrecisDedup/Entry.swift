import PrecisIdentity
import PrecisModel

/// An article of a document, with what it is recognised by worked out once. A class, for it is handed on many times.
final class Entry {
  let article: Article
  let feed: UInt64
  let fingerprint: UInt64
  let guidKey: IdentityKey?
  /// `CanonicalURL.key` of its address.
  let addressKey: String?
  /// By what an article on its page is found; nil where its address is no page of its own.
  let page: (key: IdentityKey, id: ArticleID)?
  /// Another entry of the document is a newer version of the same article.
  var isSuperseded = false

  init(_ article: Article) {
    self.article = article
    feed = article.feedID.number
    let known = article.url.flatMap(IdentityKeys.addressKeys)
    addressKey = known?.address
    page = known?.page
    fingerprint = IdentityKeys.fingerprint(of: article, addressKey: addressKey)
    let guid = article.guid.flatMap { $0.isEmpty ? nil : $0 }
    guidKey = guid.map { IdentityKeys.guidKey($0, feed: article.feedID) }
  }

  var glance: DocumentMemory.Glance {
    DocumentMemory.Glance(
      guid: guidKey?.rawKey, address: addressKey, title: Self.hash(PlainTitle(article.title).text.utf8),
      fragment: Self.hash((article.url ?? "").utf8.drop { $0 != 0x23 }), fingerprint: fingerprint)
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Whether this version stands before another of the same article: the later one, else the longer, else by
  /// hash.
  func isNewer(than other: Entry) -> Bool {
    let (left, right) = (article, other.article)
    let dates = (
      left.dateModified ?? left.datePublished, right.dateModified ?? right.datePublished
    )
    if let a = dates.0, let b = dates.1, a != b { return a > b }
    if left.wordCount != right.wordCount { return left.wordCount > right.wordCount }
    return fingerprint > other.fingerprint
  }
}

extension Deduplicator {
  /// Sorts out entries of one document that share a GUID or an address.
  ///
  /// One GUID, and the address or the title in common: versions of one article, of which the newest counts.
  /// One GUID and neither: a feed that uses GUIDs wrongly, and articles apart. One address, and GUIDs or
  /// titles that differ: a page that holds several entries, whose address names none of them.
  static func settleInside(_ entries: [Entry], _ document: inout DocumentMemory) {
    var owners: [UInt64: Int] = [:]
    for index in entries.indices {
      let glance = entries[index].glance
      if let key = glance.guid {
        if let other = owners[key] {
          if areVersions(glance, entries[other].glance) {
            let newest = entries[index].isNewer(than: entries[other]) ? index : other
            entries[newest == index ? other : index].isSuperseded = true
            owners[key] = newest
          } else {
            document.sharedGUIDs.insert(key)
          }
        } else if let earlier = document.guids[key] {
          if areVersions(glance, earlier) {
            entries[index].isSuperseded = true
          } else {
            document.sharedGUIDs.insert(key)
          }
        } else {
          owners[key] = index
        }
        if document.guids[key] == nil { document.guids[key] = glance }
      }
      guard let address = glance.address, !entries[index].isSuperseded else { continue }
      guard let other = document.addresses[address] else {
        document.addresses[address] = glance
        continue
      }
      if let left = glance.guid, let right = other.guid {
        if left != right { document.sharedAddresses.insert(address) }
      } else if glance.title != other.title || glance.fragment != other.fragment {
        document.sharedAddresses.insert(address)
      }
    }
  }

  private static func areVersions(_ left: DocumentMemory.Glance, _ right: DocumentMemory.Glance) -> Bool {
    if let a = left.address, let b = right.address, a == b { return true }
    return left.title == right.title
  }
}
