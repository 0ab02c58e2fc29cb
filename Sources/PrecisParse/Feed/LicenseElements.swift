import PrecisModel

/// Licences: the address as a text (creativeCommons), or in an attribute (cc, media, podcast).
extension FeedReader {
  func startLicense(_ attributes: XMLAttributes, _ frame: inout Frame) {
    frame.isCapturing = true
    guard attributes.count > 0 else { return }
    let address = attributes.value("resource") ?? attributes.value("href") ?? attributes.value("url")
    if let address = address?.trimmed.nonEmpty { take(license: bases.resolve(address, at: frame.base)) }
  }

  /// Takes the text of a licence, where it is an address: a name alone says too little.
  func takeLicense(_ frame: Frame) {
    let bytes = collected(frame)
    guard bytes.count > 0, !bytes.contains(where: \.isXMLSpace) else { return }
    take(license: plain(frame))
  }

  private func take(license address: String) {
    guard address.isWebAddress else { return }
    if entry.isOpen {
      entry.entry.license = entry.entry.license ?? address
    } else {
      feed.license = feed.license ?? address
    }
  }
}
