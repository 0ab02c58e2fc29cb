import Glibc

/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// The 128 bits; an IPv4 address stands in the last 32, the others are 0.
  let high: UInt64
  let low: UInt64
  /// Whether it is an IPv4 address.
  public let isIPv4: Bool

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
    isIPv4 = false
  }

  /// An IPv4 address from its 32 bits, the first octet highest.
  init(ipv4 bits: UInt32) {
    high = 0
    low = UInt64(bits)
    isIPv4 = true
  }

  /// An address as it is usually written: four decimal parts, or RFC 4291 section 2.2; nil for anything else.
  public init?(_ text: String) {
    var ipv4 = in_addr()
    if inet_pton(AF_INET, text, &ipv4) == 1 {
      self.init(ipv4: UInt32(bigEndian: ipv4.s_addr))
      return
    }
    var ipv6 = in6_addr()
    guard inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
    self.init(ipv6)
  }

  init(_ address: in6_addr) {
    (high, low) = withUnsafeBytes(of: address) {
      (
        UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
    isIPv4 = false
  }

  /// The address of a socket address; nil for a family that is neither IPv4 nor IPv6.
  init?(socketAddress: UnsafeRawPointer, family: Int32) {
    switch family {
    case AF_INET:
      let address = socketAddress.loadUnaligned(as: sockaddr_in.self)
      self.init(ipv4: UInt32(bigEndian: address.sin_addr.s_addr))
    case AF_INET6:
      self.init(socketAddress.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
    default: return nil
    }
  }

  /// As it is usually written.
  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    if isIPv4 {
      var address = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
      inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
    } else {
      var address = (high.bigEndian, low.bigEndian)
      inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A network: all addresses with the same leading bits.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// The first address.
  public let base: IPAddress
  /// How many leading bits are the same: at most 32 for IPv4, 128 for IPv6.
  public let prefixLength: Int

  /// A network as `10.0.0.0/8` or `fc00::/7`, or a single address; bits after the prefix are not looked at.
  ///
  /// nil where the address cannot be read or the prefix is longer than an address.
  public init?(_ cidr: String) {
    let parts = cidr.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    let longest = address.isIPv4 ? 32 : 128
    var length = longest
    if parts.count == 2 {
      let digits = parts[1].utf8
      guard 1...3 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]),
        number <= longest
      else { return nil }
      length = number
    }
    base = address
    prefixLength = length
  }

  /// Whether an address is of this network; an IPv4 network holds no IPv6 address, also no mapped one.
  public func contains(_ address: IPAddress) -> Bool {
    guard address.isIPv4 == base.isIPv4 else { return false }
    let bits = base.isIPv4 ? prefixLength + 96 : prefixLength
    let highBits = min(bits, 64)
    let lowBits = bits - highBits
    let highMask: UInt64 = base.isIPv4 || highBits == 0 ? 0 : ~0 << UInt64(64 - highBits)
    let lowMask: UInt64 = lowBits == 0 ? 0 : ~0 << UInt64(64 - lowBits)
    return (address.high ^ base.high) & highMask == 0 && (address.low ^ base.low) & lowMask == 0
  }

  /// As `10.0.0.0/8`.
  public var description: String { "\(base)/\(prefixLength)" }
}
