import PrecisModel

/// How good a source of an image is.
enum ImageRank {
  static let media = 1
  static let thumbnail = 2
  static let itunes = 3
  static let logo = 4
  static let icon = 5
}

/// Enclosures, images, and Yahoo's Media RSS.
extension FeedReader {
  func startEnclosure(_ attributes: XMLAttributes, _ frame: inout Frame) {
    guard entry.isOpen, let url = (attributes.value("url") ?? attributes.value("href"))?.trimmed.nonEmpty
    else {
      return
    }
    entry.add(
      Article.Attachment(
        url: bases.resolve(url, at: frame.base), mimeType: attributes.value("type")?.trimmed.nonEmpty,
        sizeInBytes: Self.size(attributes.value("length"))))
  }

  func startMediaContent(_ attributes: XMLAttributes, _ frame: Frame) {
    guard entry.isOpen, let url = attributes.value("url")?.trimmed.nonEmpty else { return }
    let address = bases.resolve(url, at: frame.base)
    let type = attributes.value("type")?.trimmed.nonEmpty
    let medium = attributes.value("medium")?.trimmed.lowercased()
    if medium == "image" || type?.lowercased().hasPrefix("image/") == true {
      entry.take(image: address, rank: ImageRank.media)
    }
    entry.add(
      Article.Attachment(
        url: address, mimeType: type, sizeInBytes: Self.size(attributes.value("filesize")),
        durationInSeconds: attributes.value("duration").flatMap { Self.seconds($0.trimmed) }))
  }

  func addImage(_ text: String?, rank: Int, _ frame: Frame) {
    guard let text = text?.trimmed.nonEmpty else { return }
    let address = bases.resolve(text, at: frame.base)
    if entry.isOpen {
      entry.take(image: address, rank: rank)
    } else {
      feedDraft.icon.takeFirst(address, rank: rank)
    }
  }

  /// RSS: an image with its own title and link, which are not the feed's; RDF: a reference to one.
  func startImage(_ attributes: XMLAttributes, _ frame: inout Frame) {
    frame.context = .image
    frame.isCapturing = true
    addImage(attributes.value("href") ?? attributes.value("src"), rank: ImageRank.thumbnail, frame)
  }

  func startInImage(_ frame: inout Frame) { frame.isCapturing = frame.element == .url }

  func endInImage(_ frame: Frame) {
    let text = plain(frame)
    switch frame.element {
    case .url: addImage(text, rank: ImageRank.logo, frame)
    case .image: if text.isWebAddress { addImage(text, rank: ImageRank.logo, frame) }
    default: return
    }
  }

  func startCategory(_ attributes: XMLAttributes, _ frame: inout Frame) {
    frame.isCapturing = true
    guard entry.isOpen, attributes.count > 0 else { return }
    if let topic = attributes.value("label")?.collapsed.nonEmpty
      ?? attributes.value("term")?.collapsed.nonEmpty
    {
      entry.add(topic: topic)
      // An Atom category may repeat itself as a text.
      frame.isCapturing = false
    }
  }

  func takeTopics(_ frame: Frame) {
    guard entry.isOpen, frame.isCapturing else { return }
    let bytes = collected(frame)
    let text = bytes.isCollapsed ? plain(frame) : plain(frame).collapsed
    if frame.element == .keywords {
      for word in text.split(separator: ",").prefix(200) { entry.add(topic: String(word).trimmed) }
    } else {
      entry.add(topic: text)
    }
  }
}
