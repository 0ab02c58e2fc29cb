extension WebURL {
  /// A web address as a person types or pastes it; nil where it is none.
  ///
  /// Blanks around it go. Without a scheme it is https. The scheme `feed`, which browsers once gave to readers, is
  /// taken off: `feed://a.example/rss` and `feed:https://a.example/rss`.
  public init?(typed text: String) {
    var rest = Substring(text)
    while let first = rest.unicodeScalars.first, first.properties.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest = rest.dropLast() }
    for scheme in ["feed://", "feed:"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      break
    }
    let address = String(rest)
    if let url = WebURL(address), url.isWeb {
      self = url
    } else if let colon = rest.firstIndex(of: ":"), rest[colon...].hasPrefix("://") {
      return nil  // Another scheme.
    } else if let url = WebURL("https://" + address), url.isWeb {
      self = url
    } else {
      return nil
    }
  }
}
