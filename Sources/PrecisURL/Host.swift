import Glibc

/// Hosts as the URL Standard reads them (section 3.5): names, IPv4 in all its notations, IPv6 in brackets.
enum Host {
  static func parse(_ bytes: ArraySlice<UInt8>, isSpecial: Bool) -> String? {
    if bytes.first == 0x5B {
      guard bytes.last == 0x5D else { return nil }
      return ipv6(String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)).map { "[\($0)]" }
    }
    guard isSpecial else {
      guard !bytes.contains(where: isForbidden) else { return nil }
      return PercentEncoding.encode(bytes, .control)
    }
    let decoded = PercentEncoding.decode(bytes)
    guard let name = DomainName.ascii(decoded), !name.isEmpty, name.utf8.count <= 253,
      !name.utf8.contains(where: { isForbidden($0) || $0 == 0x25 || $0 <= 0x20 || $0 == 0x7F })
    else { return nil }
    return endsInNumber(name) ? ipv4(name) : name
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    [0x00, 0x09, 0x0A, 0x0D, 0x20, 0x23, 0x2F, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x5E, 0x7C]
      .contains(byte)
  }

  // MARK: IPv4

  private static func endsInNumber(_ name: String) -> Bool {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "" { parts.removeLast() }
    guard let last = parts.last, !last.isEmpty else { return false }
    return last.utf8.allSatisfy(ASCII.isDigit) || number(last) != nil
  }

  /// 127.1, 0x7f000001, 017700000001 and the like are addresses in dotted notation.
  private static func ipv4(_ name: String) -> String? {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "", parts.count > 1 { parts.removeLast() }
    guard 1...4 ~= parts.count else { return nil }
    var numbers: [UInt64] = []
    for part in parts {
      guard let value = number(part) else { return nil }
      numbers.append(value)
    }
    let last = numbers.removeLast()
    guard numbers.allSatisfy({ $0 <= 255 }), last < UInt64(1) << (8 * UInt64(4 - numbers.count)) else {
      return nil
    }
    var value = last
    for (index, number) in numbers.enumerated() { value += number << UInt64(8 * (3 - index)) }
    return "\(value >> 24 & 255).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
  }

  private static func number(_ text: Substring) -> UInt64? {
    guard !text.isEmpty, text.utf8.count <= 14 else { return nil }
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      let digits = text.dropFirst(2)
      guard digits.utf8.allSatisfy({ ASCII.hexValue($0) != nil }) else { return nil }
      return digits.isEmpty ? 0 : UInt64(digits, radix: 16)
    }
    guard text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
    return text.count > 1 && text.hasPrefix("0") ? UInt64(text.dropFirst(), radix: 8) : UInt64(text)
  }

  // MARK: IPv6

  /// The shortest form (RFC 5952), as inet_ntop writes it.
  private static func ipv6(_ text: String) -> String? {
    var address = in6_addr()
    guard !text.contains("%"), inet_pton(AF_INET6, text, &address) == 1 else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
