/// The cookies that a chain of redirects sets, for as long as the chain lasts: some sites lead a reader in a
/// circle until it has shown one back. At most 20, of 4 KiB each; sent to the host that set them alone.
struct ChainCookies: Equatable {
  private struct Cookie: Equatable {
    let host: String
    let isSecure: Bool
    let name: [UInt8]
    var value: [UInt8]
  }
  private var cookies: [Cookie] = []

  /// Takes a `Set-Cookie` value in; passes over one that is broken.
  mutating func take(_ header: ArraySlice<UInt8>, host: String) {
    let parts = HeaderSyntax.split(header, at: 0x3B)
    guard let pair = parts.first, pair.count <= 4096, let equals = pair.firstIndex(of: 0x3D),
      equals > pair.startIndex, pair.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return }
    let name = Array(pair[..<equals])
    let isSecure = parts.dropFirst().contains { HeaderSyntax.parameter($0).name == "secure" }
    let cookie = Cookie(host: host, isSecure: isSecure, name: name, value: Array(pair[(equals + 1)...]))
    if let known = cookies.firstIndex(where: { $0.host == host && $0.name == name }) {
      cookies[known] = cookie
    } else if cookies.count < 20 {
      cookies.append(cookie)
    }
  }

  /// The `Cookie` header's value for a host; nil where there is none.
  func header(host: String, isSecure: Bool) -> String? {
    guard !cookies.isEmpty else { return nil }
    let fitting = cookies.filter { $0.host == host && (isSecure || !$0.isSecure) }
    guard !fitting.isEmpty else { return nil }
    return fitting.map { String(decoding: $0.name + [0x3D] + $0.value, as: UTF8.self) }.joined(
      separator: "; ")
  }
}
