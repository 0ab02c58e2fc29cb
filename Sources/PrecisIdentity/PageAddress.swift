import PrecisURL

/// An http or https address in parts, cleaned of what says nothing of the page.
struct PageAddress {
  private let scheme: String
  private let host: String
  private let port: Int?
  /// Begins with a slash.
  private let path: [UInt8]
  private let parameters: [[UInt8]]
  /// A route, without the number sign.
  private let route: [UInt8]?

  /// nil where the address is not one of http or https.
  init?(_ url: WebURL) {
    self.init(url, unwrapping: 3)
  }

  private init?(_ url: WebURL, unwrapping depth: Int) {
    guard url.scheme == "http" || url.scheme == "https", var host = url.host, !host.isEmpty else {
      return nil
    }
    if depth > 0, let target = Redirectors.target(of: url),
      let inner = PageAddress(target, unwrapping: depth - 1)
    {
      self = inner
      return
    }
    while host.utf8.last == 0x2E { host.removeLast() }
    scheme = url.scheme
    self.host = host
    port = url.port == (url.scheme == "http" ? 80 : 443) ? nil : url.port
    path = Self.cleanPath(url.path)
    parameters = (url.query ?? "").utf8.split(separator: 0x26).compactMap {
      let bytes = ArraySlice($0)
      return TrackingParameters.contains(bytes) ? nil : PercentEncoding.normalise(bytes)
    }
    let fragment = url.fragment.map { Array($0.utf8) } ?? []
    let isRoute = fragment.first == 0x21 || fragment.first == 0x2F
    route = isRoute && fragment.count > 1 ? PercentEncoding.normalise(fragment) : nil
  }

  /// Escapes made equal, and the session number that Java servers put into the path taken out.
  private static func cleanPath(_ path: String) -> [UInt8] {
    var bytes = PercentEncoding.normalise(path.utf8)
    if bytes.first != 0x2F { bytes.insert(0x2F, at: 0) }
    let mark = Array(";jsessionid=".utf8)
    guard bytes.count > mark.count else { return bytes }
    for start in 0...(bytes.count - mark.count) where bytes[start] == 0x3B {
      guard zip(bytes[start...], mark).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }) else { continue }
      let end = bytes[start...].firstIndex(of: 0x2F) ?? bytes.endIndex
      bytes.removeSubrange(start..<end)
      break
    }
    return bytes
  }

  /// Whether it is the address of one page rather than of a whole site.
  var isPage: Bool { keyPath.count > 1 || !parameters.isEmpty || route != nil }

  /// The address, written out.
  var canonicalText: String {
    var out = Array("\(scheme)://\(host)".utf8)
    if let port { out += Array(":\(port)".utf8) }
    out += path
    appendQuery(parameters, to: &out)
    appendRoute(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// What two addresses of this page have in common.
  var key: String {
    var out = Array(keyHost.utf8)
    if let port { out += Array(":\(port)".utf8) }
    appendPathKey(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// The key without the host.
  var pathKey: String {
    var out: [UInt8] = []
    appendPathKey(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// The host without the labels that stand for a variant of a site.
  var keyHost: String { HostVariants.plain(host) }

  private func appendPathKey(to out: inout [UInt8]) {
    out += keyPath
    let sorted = parameters.enumerated().sorted { left, right in
      let (a, b) = (Self.name(left.element), Self.name(right.element))
      return a == b ? left.offset < right.offset : a.lexicographicallyPrecedes(b)
    }
    appendQuery(sorted.map(\.element).filter { !Self.isAMPFlag($0) }, to: &out)
    appendRoute(to: &out)
  }

  private static func name(_ parameter: [UInt8]) -> ArraySlice<UInt8> { parameter.prefix { $0 != 0x3D } }

  private static func isAMPFlag(_ parameter: [UInt8]) -> Bool {
    parameter == Array("amp".utf8) || parameter == Array("amp=1".utf8) || parameter == Array("amp=".utf8)
  }

  /// The path without index file, AMP suffix and trailing slash; `/` for a site's root.
  private var keyPath: ArraySlice<UInt8> {
    var path = path[...]
    func trimSlashes() { while path.count > 1, path.last == 0x2F { path.removeLast() } }
    trimSlashes()
    for name in Self.indexFiles where path.count >= name.count && path.suffix(name.count).elementsEqual(name)
    {
      path.removeLast(name.count - 1)
      trimSlashes()
      break
    }
    for suffix in Self.ampSuffixes where path.suffix(suffix.count).elementsEqual(suffix) {
      let rest = path.dropLast(suffix.count)
      guard Self.looksLikeArticle(rest) else { continue }
      path = rest
      break
    }
    return path
  }

  private static let indexFiles = ["/index.html", "/index.htm", "/index.php"].map { Array($0.utf8) }
  private static let ampSuffixes = ["/amp.html", ".amp.html", "/amp", ".amp"].map { Array($0.utf8) }

  /// Whether a path's last segment is a slug or a number: `/guitars/amp` is a page about amplifiers.
  private static func looksLikeArticle(_ path: ArraySlice<UInt8>) -> Bool {
    guard let slash = path.lastIndex(of: 0x2F) else { return false }
    let segment = path[(slash + 1)...]
    return segment.contains { 0x30...0x39 ~= $0 || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
  }

  private func appendQuery(_ parameters: [[UInt8]], to out: inout [UInt8]) {
    for (index, parameter) in parameters.enumerated() {
      out.append(index == 0 ? 0x3F : 0x26)
      out += parameter
    }
  }

  private func appendRoute(to out: inout [UInt8]) {
    guard let route else { return }
    out.append(0x23)
    out += route
  }
}
