import PrecisModel

/// Places: GeoRSS in its simple form and with GML, the W3C's latitude and longitude, and podcasts' geo addresses.
///
/// Of lines and areas no point is taken: none of them is the place.
extension FeedReader {
  /// RFC 5870: `geo="geo:47.5,19.04"`; the text is the place's name.
  func startLocation(_ attributes: XMLAttributes, _ frame: inout Frame) {
    frame.isCapturing = true
    guard entry.isOpen, let address = attributes.value("geo")?.trimmed.nonEmpty else { return }
    let numbers = address.lowercased().hasPrefix("geo:") ? address.dropFirst(4) : address[...]
    take(point: numbers.prefix { $0 != ";" && $0 != "?" }, in: "podcast:location")
  }

  /// Takes the text of an element that tells a place, or a part of one.
  func takePlace(_ frame: Frame) {
    guard entry.isOpen else { return }
    let text = plain(frame)
    // An element around others has no text of its own.
    guard !text.isEmpty else { return }
    switch frame.element {
    case .point: take(point: text[...], in: "point")
    case .latitude: take(degrees: text, in: "latitude", \.latitude)
    case .longitude: take(degrees: text, in: "longitude", \.longitude)
    default: entry.place.name = entry.place.name ?? text.collapsed
    }
  }

  /// A latitude and a longitude, parted by white space or a comma; a height may follow.
  private func take(point text: Substring, in element: String) {
    let parts = text.split(maxSplits: 3) { $0 == "," || $0.isWhitespace }
    guard 2...3 ~= parts.count, let latitude = Double(parts[0]), let longitude = Double(parts[1]) else {
      return warn(unreadablePlace: text, in: element)
    }
    guard Article.Location(latitude: latitude, longitude: longitude) != nil else {
      return warn(unreadablePlace: text, in: element)
    }
    if entry.place.isComplete { return }
    entry.place.latitude = latitude
    entry.place.longitude = longitude
  }

  private func take(degrees text: String, in element: String, _ part: WritableKeyPath<PlaceDraft, Double?>) {
    let limit: Double = part == \.latitude ? 90 : 180
    guard let degrees = Double(text), -limit...limit ~= degrees else {
      return warn(unreadablePlace: text[...], in: element)
    }
    entry.place[keyPath: part] = entry.place[keyPath: part] ?? degrees
  }

  private func warn(unreadablePlace text: Substring, in element: String) {
    warn("unreadable place in <\(element)>: \(text.prefix(60))")
  }
}

/// A place while its parts arrive.
struct PlaceDraft {
  var latitude: Double?
  var longitude: Double?
  var name: String?

  var isComplete: Bool { latitude != nil && longitude != nil }

  /// The place; nil where a part of it is missing.
  var location: Article.Location? {
    guard let latitude, let longitude else { return nil }
    return Article.Location(latitude: latitude, longitude: longitude, name: name)
  }
}
