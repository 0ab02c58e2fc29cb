/// Reads the addresses that most are, http or https and already in their normal form, without building parts twice.
enum PlainAddress {
  /// The beginning of an address, up to its path.
  private struct Origin {
    let isSecure: Bool
    let host: Range<Int>
    let port: Int?
    /// Where the path begins.
    let end: Int
  }

  /// nil where anything would have to be changed, or may be wrong: the parser decides then.
  private static func origin(_ bytes: UnsafeBufferPointer<UInt8>) -> Origin? {
    let isSecure = begins(bytes, "https://")
    guard isSecure || begins(bytes, "http://") else { return nil }
    let start = isSecure ? 8 : 7
    var at = start
    var label = start
    while at < bytes.count, isHost(bytes[at]) {
      if bytes[at] == 0x2E {
        if at == label { return nil }
        label = at + 1
      }
      at += 1
    }
    // A last label that begins with a digit may be part of an IPv4 address.
    guard label < at, at - start <= 253, at < bytes.count, 0x61...0x7A ~= bytes[label] else { return nil }
    let host = start..<at
    var port: Int?
    if bytes[at] == 0x3A {
      port = number(bytes, &at)
      guard port != nil, port != (isSecure ? 443 : 80) else { return nil }
    }
    guard at < bytes.count, bytes[at] == 0x2F else { return nil }
    return Origin(isSecure: isSecure, host: host, port: port, end: at)
  }

  /// Host and port of an address, `example.org:8080`; nil where the parser has to say.
  static func authority(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    origin(bytes).map { text(bytes, $0.host.lowerBound..<$0.end) }
  }

  /// nil where the parser has to say.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> WebURL? {
    guard let origin = origin(bytes) else { return nil }
    var at = origin.end
    guard let path = end(bytes, &at, of: .path) else { return nil }
    var url = WebURL(scheme: origin.isSecure ? "https" : "http")
    url.host = text(bytes, origin.host)
    url.port = origin.port
    url.path = text(bytes, path)
    if at < bytes.count, bytes[at] == 0x3F {
      at += 1
      guard let query = end(bytes, &at, of: .query) else { return nil }
      url.query = text(bytes, query)
    }
    if at < bytes.count {
      at += 1
      guard let fragment = end(bytes, &at, of: .fragment) else { return nil }
      url.fragment = text(bytes, fragment)
    }
    return url
  }

  /// The port after the colon at `at`; nil where it is not in its normal form.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int? {
    at += 1
    var value = 0
    let start = at
    while at < bytes.count, 0x30...0x39 ~= bytes[at], value <= 65_535 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    return value <= 65_535 && at > start && bytes[start] != 0x30 ? value : nil
  }

  /// The component from `at` on; nil where it holds a byte that would be encoded, or a dot segment.
  private static func end(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, of component: PercentEncoding.Component
  ) -> Range<Int>? {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x23, component != .fragment { break }
      if component == .path {
        if byte == 0x3F { break }
        if byte == 0x5C { return nil }
        if byte == 0x2F, at + 1 < bytes.count, bytes[at + 1] == 0x2E || bytes[at + 1] == 0x25 { return nil }
      }
      if byte <= 0x20 || byte >= 0x7F || component.encodes(byte) { return nil }
      at += 1
    }
    return start..<at
  }

  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
    guard bytes.count >= text.utf8CodeUnitCount else { return false }
    for at in 0..<text.utf8CodeUnitCount where bytes[at] != text.utf8Start[at] { return false }
    return true
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte == 0x2D || byte == 0x2E
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}
