/// Decides which addresses may be connected to: public ones, and those of networks that were allowed.
///
/// It is asked with the address that a connection is about to be made to, after the name was resolved, so that
/// odd notations of an address, redirects and names that answer differently the second time do not pass.
public struct AddressGuard: Sendable {
  private let allowed: [AddressRange]

  /// A guard that also lets the addresses of these networks pass.
  public init(allow: [AddressRange]) { allowed = allow }

  /// Why the address is refused, as a noun ("a loopback address"); nil where it may be connected to.
  public func refusal(of address: IPAddress) -> String? {
    if !address.isIPv4, Self.mapped.contains(address) {
      return refusal(of: IPAddress(ipv4: UInt32(truncatingIfNeeded: address.low)))
    }
    if !address.isIPv4, Self.nat64.contains(address), allowed.contains(where: { $0.contains(address) }) {
      // Networks without IPv4 reach all of it through this prefix: allowing it opens the way, not every goal.
      return refusal(of: IPAddress(ipv4: UInt32(truncatingIfNeeded: address.low)))
    }
    if allowed.contains(where: { $0.contains(address) }) { return nil }
    let table = address.isIPv4 ? SpecialAddresses.ipv4 : SpecialAddresses.ipv6
    if let special = table.first(where: { $0.range.contains(address) }) { return special.name }
    if !address.isIPv4, address.high >> 61 != 0b001 { return "not a global unicast address" }
    return nil
  }

  /// IPv4 addresses written as IPv6 ones (RFC 4291 section 2.5.5.2): the system connects to the IPv4 address.
  private static let mapped = AddressRange(base: IPAddress(high: 0, low: 0xFFFF_0000_0000), prefixLength: 96)
  /// The well-known prefix of NAT64 (RFC 6052).
  private static let nat64 = AddressRange(
    base: IPAddress(high: 0x0064_FF9B_0000_0000, low: 0), prefixLength: 96)
}

extension AddressRange {
  init(base: IPAddress, prefixLength: Int) {
    self.base = base
    self.prefixLength = prefixLength
  }
}
