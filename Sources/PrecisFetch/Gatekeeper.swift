/// Services that stand before servers and refuse who they take for a robot: a feed reader, often.
///
/// They are known by what they write into the head of a refusal; the page itself is not read.
public enum Gatekeeper: String, Sendable, CaseIterable {
  case akamai = "Akamai"
  case awsWAF = "AWS WAF"
  case cloudflare = "Cloudflare"
  case dataDome = "DataDome"
  case imperva = "Imperva"
  case sucuri = "Sucuri"

  /// The service that wrote this refusal; nil where none shows.
  init?(_ headers: HeaderCollector) {
    guard [401, 403, 405, 406, 429, 503].contains(headers.status) else { return nil }
    for (field, gatekeeper) in Self.marks where headers.bytes(of: field) != nil {
      self = gatekeeper
      return
    }
    switch headers.bytes(of: .server).map({ $0.map(HeaderSyntax.lowercase) }) {
    case Array("cloudflare".utf8): self = .cloudflare
    case Array("akamaighost".utf8): self = .akamai
    default: return nil
    }
  }

  private static let marks: [(HeaderField, Gatekeeper)] = [
    (.cfMitigated, .cloudflare), (.dataDome, .dataDome), (.amazonWAF, .awsWAF), (.sucuri, .sucuri),
    (.imperva, .imperva),
  ]
}
