/// Whether a request's `Host` is one that only a caller who knows the address would send.
///
/// A page in a browser can have its own name answered with 127.0.0.1 (DNS rebinding) and would then read the library
/// as if it were its own site; it cannot choose the `Host` that the browser sends, which is its own name.
enum HostCheck {
  /// True for IP addresses and `localhost`, with or without a port, and where there is no `Host` at all, which no
  /// browser leaves out.
  static func accepts(_ host: String?) -> Bool {
    guard let host else { return true }
    if host.hasPrefix("[") { return true }  // An IPv6 address.
    let name = host.prefix { $0 != ":" }.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
