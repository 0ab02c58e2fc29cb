/// Hosts that serve the same pages under another name for small screens: a table, not code.
enum HostVariants {
  /// First labels that stand for a variant of the site; they go only where two labels remain.
  private static let labels = ["www.", "m.", "mobile.", "amp."]

  /// Sites whose mobile label stands second: `en.m.wikipedia.org`.
  private static let infixes: [(mobile: String, plain: String)] = [
    (".m.wikipedia.org", ".wikipedia.org"),
    (".m.wiktionary.org", ".wiktionary.org"),
    (".m.wikimedia.org", ".wikimedia.org"),
    (".m.wikisource.org", ".wikisource.org"),
    (".m.wikiquote.org", ".wikiquote.org"),
    (".m.wikinews.org", ".wikinews.org"),
  ]

  /// Sites with several names for the same pages.
  private static let aliases: [String: String] = [
    "old.reddit.com": "reddit.com", "new.reddit.com": "reddit.com", "np.reddit.com": "reddit.com",
    "youtube-nocookie.com": "youtube.com", "touch.facebook.com": "facebook.com",
    "mobile.x.com": "twitter.com",
    "x.com": "twitter.com",
  ]

  /// The host that stands for all its variants, lower-case.
  static func plain(_ host: String) -> String {
    var host = host
    for label in labels where host.utf8.starts(with: label.utf8) {
      let rest = host.dropFirst(label.utf8.count)
      guard rest.utf8.contains(0x2E), !isAddress(host) else { break }
      host = String(rest)
      break
    }
    for (mobile, plain) in infixes where host.utf8.count > mobile.utf8.count && host.hasSuffix(mobile) {
      host = String(host.dropLast(mobile.utf8.count)) + plain
    }
    return aliases[host] ?? host
  }

  private static func isAddress(_ host: String) -> Bool {
    host.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E } || host.utf8.first == 0x5B
  }
}
