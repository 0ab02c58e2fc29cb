import PrecisModel
import PrecisURL
import Synchronization

/// What deduplication asks of an address, made once: an article's few addresses are asked for a dozen times on its way.
final class KnownAddress: Sendable {
  let key: String
  /// The address as it is shown.
  let canonical: String
  let isPage: Bool
  /// nil for a site's root, and where the address is not one of http or https.
  let pathKey: String?
  /// The id of the article on that page, and its raw key of the kind `url`; nil where it is no page of its own.
  let page: (id: ArticleID, urlKey: UInt64)?

  /// nil where the text is no absolute address.
  init?(_ text: String) {
    guard let url = WebURL(text) else { return nil }
    if let parts = PageAddress(url) {
      key = parts.key
      // Most are canonical as they come, and two of one text take the room of one.
      let shown = parts.canonicalText
      canonical = shown == text ? text : shown
      isPage = parts.isPage
      pathKey = parts.isPage ? parts.pathKey : nil
    } else {
      key = CanonicalURL.other(url)
      canonical = key
      isPage = true
      pathKey = nil
    }
    page =
      isPage ? (id: ArticleID(identity: "url\n" + key), urlKey: IdentityKey(.url, key).rawKey) : nil
  }
}

/// Remembers what was made of the addresses that were asked for last; it changes no answer, only its cost.
enum AddressMemory {
  private struct Slot: Sendable {
    var text: String
    var address: KnownAddress?
  }
  /// More than the addresses of a batch of articles; each takes some 250 bytes, 1.5 KB at most.
  private static let slotCount = 1024
  private static let lengthLimit = 512
  private static let slots = Mutex<[Slot?]>([Slot?](repeating: nil, count: slotCount))

  /// nil where the text is no absolute address.
  static func address(_ text: String) -> KnownAddress? {
    guard text.utf8.count <= lengthLimit else { return KnownAddress(text) }
    let place = text.hashValue & (slotCount - 1)
    if let slot = slots.withLock({ $0[place] }), slot.text == text { return slot.address }
    let address = KnownAddress(text)
    slots.withLock { $0[place] = Slot(text: text, address: address) }
    return address
  }
}
