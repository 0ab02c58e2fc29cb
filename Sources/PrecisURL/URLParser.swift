/// Reads addresses: the WHATWG basic URL parser, by parts instead of by states.
enum URLParser {
  static func parse(_ text: String, base: WebURL?) -> WebURL? {
    let input = cleaned(text)
    if let (scheme, rest) = splitScheme(input) {
      let isSpecial = WebURL.defaultPort(of: scheme) != nil
      // "http:path" is relative to a base of the same scheme.
      if isSpecial, let base, base.scheme == scheme, !startsWithSlashes(rest) {
        return relative(rest, to: base)
      }
      return absolute(scheme: scheme, rest: rest, isSpecial: isSpecial)
    }
    guard let base else { return nil }
    return relative(input[...], to: base)
  }

  /// Without leading and trailing controls and spaces, and without tabs and newlines anywhere.
  private static func cleaned(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }

  private static func splitScheme(_ input: [UInt8]) -> (scheme: String, rest: ArraySlice<UInt8>)? {
    guard let first = input.first, ASCII.isLetter(first) else { return nil }
    for (index, byte) in input.enumerated() {
      if byte == 0x3A {
        return (String(decoding: input[..<index].map(ASCII.lower), as: UTF8.self), input[(index + 1)...])
      }
      guard ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E else {
        return nil
      }
    }
    return nil
  }

  private static func isSlash(_ byte: UInt8?, _ isSpecial: Bool) -> Bool {
    byte == 0x2F || (isSpecial && byte == 0x5C)
  }

  private static func startsWithSlashes(_ rest: ArraySlice<UInt8>) -> Bool {
    isSlash(rest.first, true) && isSlash(rest.dropFirst().first, true)
  }

  private static func absolute(scheme: String, rest: ArraySlice<UInt8>, isSpecial: Bool) -> WebURL? {
    var url = WebURL(scheme: scheme)
    var rest = rest
    if isSpecial {
      while isSlash(rest.first, true) { rest = rest.dropFirst() }
      return authority(&url, rest, isSpecial: true)
    }
    if rest.starts(with: [0x2F, 0x2F]) { return authority(&url, rest.dropFirst(2), isSpecial: false) }
    let (head, query, fragment) = split(rest)
    url.path = PercentEncoding.encode(head, .control)
    url.query = query.map { PercentEncoding.encode($0, .query) }
    url.fragment = fragment.map { PercentEncoding.encode($0, .fragment) }
    return url
  }

  private static func authority(_ url: inout WebURL, _ rest: ArraySlice<UInt8>, isSpecial: Bool) -> WebURL? {
    let end = rest.firstIndex { isSlash($0, isSpecial) || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
    var authority = rest[..<end]
    if let at = authority.lastIndex(of: 0x40) {
      let user = authority[..<at]
      let colon = user.firstIndex(of: 0x3A) ?? user.endIndex
      url.username = PercentEncoding.encode(user[..<colon], .userinfo)
      url.password = PercentEncoding.encode(user[colon...].dropFirst(), .userinfo)
      authority = authority[(at + 1)...]
    }
    var hostBytes = authority
    let bracket = authority.lastIndex(of: 0x5D)
    if let colon = authority.lastIndex(of: 0x3A), colon > bracket ?? authority.startIndex - 1 {
      hostBytes = authority[..<colon]
      let digits = authority[(colon + 1)...]
      if !digits.isEmpty {
        guard digits.allSatisfy(ASCII.isDigit), digits.count <= 10,
          let port = Int(String(decoding: digits, as: UTF8.self)), port <= 65_535
        else { return nil }
        url.port = port == WebURL.defaultPort(of: url.scheme) ? nil : port
      }
    }
    guard let host = Host.parse(hostBytes, isSpecial: isSpecial) else { return nil }
    url.host = host
    let (path, query, fragment) = split(rest[end...])
    url.path = PathSegments.normalised(path, isSpecial: isSpecial, base: "")
    url.query = query.map { PercentEncoding.encode($0, .query) }
    url.fragment = fragment.map { PercentEncoding.encode($0, .fragment) }
    return url
  }

  private static func relative(_ input: ArraySlice<UInt8>, to base: WebURL) -> WebURL? {
    let isSpecial = WebURL.defaultPort(of: base.scheme) != nil
    // An address such as mailto: can only take a fragment.
    guard base.host != nil || base.path.hasPrefix("/") else {
      guard input.first == 0x23 else { return nil }
      var url = base
      url.fragment = PercentEncoding.encode(input.dropFirst(), .fragment)
      return url
    }
    if isSlash(input.first, isSpecial), isSlash(input.dropFirst().first, isSpecial) {
      var url = WebURL(scheme: base.scheme)
      var rest = input.dropFirst(2)
      if isSpecial { while isSlash(rest.first, true) { rest = rest.dropFirst() } }
      return authority(&url, rest, isSpecial: isSpecial)
    }
    var url = base
    url.fragment = nil
    let (path, query, fragment) = split(input)
    if path.isEmpty {
      if let query { url.query = PercentEncoding.encode(query, .query) }
    } else {
      let isAbsolute = isSlash(path.first, isSpecial)
      url.path = PathSegments.normalised(path, isSpecial: isSpecial, base: isAbsolute ? "" : base.path)
      url.query = query.map { PercentEncoding.encode($0, .query) }
    }
    url.fragment = fragment.map { PercentEncoding.encode($0, .fragment) }
    return url
  }

  private static func split(
    _ rest: ArraySlice<UInt8>
  ) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>?, fragment: ArraySlice<UInt8>?) {
    let hash = rest.firstIndex(of: 0x23)
    let head = rest[..<(hash ?? rest.endIndex)]
    let mark = head.firstIndex(of: 0x3F)
    return (
      head[..<(mark ?? head.endIndex)], mark.map { head[($0 + 1)...] }, hash.map { rest[($0 + 1)...] }
    )
  }
}

/// Bytes that mean something in an address.
enum ASCII {
  static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
  static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
  static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}

/// The segments of a hierarchical path.
enum PathSegments {
  /// The path with dot segments removed and reserved bytes encoded, resolved against the path of a base.
  static func normalised(_ path: ArraySlice<UInt8>, isSpecial: Bool, base: String) -> String {
    var segments: [String] =
      base.isEmpty
      ? []
      : base.split(separator: "/", omittingEmptySubsequences: false)
        .dropFirst().dropLast().map(String.init)
    var rest = path
    if rest.first == 0x2F || (isSpecial && rest.first == 0x5C) { rest = rest.dropFirst() }
    guard !path.isEmpty else { return isSpecial ? "/" : "" }
    var pieces = rest.split(omittingEmptySubsequences: false) { $0 == 0x2F || (isSpecial && $0 == 0x5C) }
    let last = pieces.popLast() ?? []
    for piece in pieces {
      switch dots(piece) {
      case 1: break
      case 2: _ = segments.popLast()
      default: segments.append(PercentEncoding.encode(piece, .path))
      }
    }
    switch dots(last) {
    case 1: segments.append("")
    case 2:
      _ = segments.popLast()
      segments.append("")
    default: segments.append(PercentEncoding.encode(last, .path))
    }
    return "/" + segments.joined(separator: "/")
  }

  /// 1 for ".", 2 for "..", also where the dots are percent-encoded; else 0.
  private static func dots(_ piece: ArraySlice<UInt8>) -> Int {
    guard piece.count <= 6, !piece.isEmpty else { return 0 }
    switch String(decoding: piece.map(ASCII.lower), as: UTF8.self) {
    case ".", "%2e": return 1
    case "..", ".%2e", "%2e.", "%2e%2e": return 2
    default: return 0
    }
  }
}
