/// The feed that an entry was taken from: RSS `source` with a text, Atom `source` with elements.
extension FeedReader {
  func startSource(_ attributes: XMLAttributes, _ frame: inout Frame) {
    guard entry.isOpen else {
      frame.context = .ignored
      return
    }
    frame.context = .source
    frame.isCapturing = true
    if let url = attributes.value("url")?.trimmed.nonEmpty {
      entry.entry.sourceURL = bases.resolve(url, at: frame.base)
    }
  }

  func startInSource(_ attributes: XMLAttributes, _ frame: inout Frame) {
    switch frame.element {
    case .title: frame.isCapturing = true
    case .author: startPerson(attributes, &frame)
    case .link:
      guard let href = attributes.value("href")?.trimmed.nonEmpty else {
        frame.isCapturing = true
        return
      }
      let address = bases.resolve(href, at: frame.base)
      if attributes.value("rel")?.trimmed.lowercased() == "self" {
        entry.entry.sourceURL = address
      } else {
        entry.entry.sourceURL = entry.entry.sourceURL ?? address
      }
    default: return
    }
  }

  func endInSource(_ frame: Frame) {
    let text = plain(frame)
    guard !text.isEmpty else { return }
    switch frame.element {
    case .source, .title: entry.entry.sourceTitle = entry.entry.sourceTitle ?? text.collapsed
    case .link: entry.entry.sourceURL = entry.entry.sourceURL ?? bases.resolve(text, at: frame.base)
    default: return
    }
  }
}
