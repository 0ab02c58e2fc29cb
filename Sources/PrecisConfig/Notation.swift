import Glibc

/// Whether texts of the configuration are written as their keys ask.
enum Notation {
  /// No control characters: values end up in headers, logs and terminals.
  static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }
  }

  /// An address that begins with one of the schemes, has a host, and neither blanks nor credentials.
  static func isAddress(_ text: String, schemes: [String]) -> Bool {
    let lower = text.lowercased()
    guard let scheme = schemes.first(where: { lower.hasPrefix($0 + "://") }) else { return false }
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    let isClean = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    return isClean && !authority.isEmpty && !authority.hasPrefix(":") && !authority.utf8.contains(0x40)
  }

  /// An IPv4 or IPv6 address, or a network in CIDR notation.
  static func isNetwork(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var storage = in6_addr()
    let isVersion4 = inet_pton(AF_INET, String(parts[0]), &storage) == 1
    guard isVersion4 || inet_pton(AF_INET6, String(parts[0]), &storage) == 1 else { return false }
    guard parts.count == 2 else { return true }
    guard let length = Int(parts[1]), parts[1].allSatisfy({ $0.isNumber }) else { return false }
    return 0...(isVersion4 ? 32 : 128) ~= length
  }

  /// An address and a port: `127.0.0.1:8470`, `[::1]:8470`.
  static func isListenAddress(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      0...65_535 ~= port
    else { return false }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    return !host.utf8.contains(0x2F) && isNetwork(String(host))
  }

  /// A BCP 47 tag in shape: `en`, `pt-BR`, `zh-Hans`.
  static func isLanguageTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let letters = parts.first?.utf8.allSatisfy { 0x61...0x7A ~= $0 | 0x20 } ?? false
    return letters && 2...3 ~= parts[0].utf8.count
      && parts.allSatisfy { part in
        1...8 ~= part.utf8.count && part.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 | 0x20 }
      }
  }
}
