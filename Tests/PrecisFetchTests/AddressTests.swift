import PrecisTestLimits
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct AddressTests {
  @Test(
    "addresses that are not of the public internet are refused",
    arguments: [
      "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "100.100.100.200",
      "127.0.0.1", "127.1.2.3", "127.255.255.255", "168.63.129.16", "169.254.0.1", "169.254.169.254",
      "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
      "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
      "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8",
      "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
      "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
      "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "3fff:fff::1", "5f00::1",
      "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "feff::1",
      "ff02::1", "ffff::1", "4000::1", "8000::1", "200::1", "1::1",
    ])
  func refused(_ text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(AddressGuard(allow: []).refusal(of: address) != nil)
  }

  @Test(
    "public addresses, also those just beside special ones, pass",
    arguments: [
      "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
      "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
      "203.0.112.255", "203.0.114.0", "223.255.255.255", "2606:4700:4700::1111", "2001:200::1",
      "2001:4860:4860::8888", "2001:db7::1", "2003::1", "2a00:1450::1", "3ffe::1", "::ffff:8.8.8.8",
    ])
  func passes(_ text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(AddressGuard(allow: []).refusal(of: address) == nil)
  }

  @Test("the refusal names what the address is")
  func names() throws {
    func name(_ text: String) -> String? {
      IPAddress(text).flatMap { AddressGuard(allow: []).refusal(of: $0) }
    }
    #expect(name("127.0.0.1") == "a loopback address")
    #expect(name("169.254.169.254") == "a cloud metadata address")
    #expect(name("100.65.0.1") == "a carrier-grade NAT address")
    #expect(name("::ffff:192.168.1.1") == "a private address")
    #expect(name("2001::1") == "a Teredo address")
    #expect(name("4000::1") == "not a global unicast address")
  }

  @Test("an allowed network passes, also as a mapped address, and nothing beside it")
  func allowed() throws {
    let guardian = AddressGuard(allow: [try #require(AddressRange("10.1.0.0/16"))])
    #expect(guardian.refusal(of: try #require(IPAddress("10.1.255.255"))) == nil)
    #expect(guardian.refusal(of: try #require(IPAddress("::ffff:10.1.2.3"))) == nil)
    #expect(guardian.refusal(of: try #require(IPAddress("10.2.0.0"))) != nil)
    #expect(guardian.refusal(of: try #require(IPAddress("127.0.0.1"))) != nil)
  }

  @Test("allowing the NAT64 prefix opens public addresses behind it, not private ones")
  func nat64() throws {
    let guardian = AddressGuard(allow: [try #require(AddressRange("64:ff9b::/96"))])
    #expect(guardian.refusal(of: try #require(IPAddress("64:ff9b::8.8.8.8"))) == nil)
    #expect(guardian.refusal(of: try #require(IPAddress("64:ff9b::10.0.0.1"))) == "a private address")
  }

  @Test(
    "networks are read as they are written",
    arguments: [
      ("10.0.0.0/8", "10.0.0.0/8"), ("127.0.0.1", "127.0.0.1/32"), ("::1", "::1/128"),
      ("fc00::/7", "fc00::/7"),
      ("0.0.0.0/0", "0.0.0.0/0"), ("::/0", "::/0"),
    ])
  func networks(_ text: String, _ expected: String) {
    #expect(AddressRange(text)?.description == expected)
  }

  @Test(
    "what is no network is none",
    arguments: [
      "", "/", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0/8", "a", "::1/x",
    ])
  func noNetworks(_ text: String) { #expect(AddressRange(text) == nil) }

  @Test("a network of length 0 holds all addresses of its family, and none of the other")
  func wholeFamily() throws {
    let ipv4 = try #require(AddressRange("0.0.0.0/0"))
    let ipv6 = try #require(AddressRange("::/0"))
    let one = try #require(IPAddress("1.2.3.4"))
    let other = try #require(IPAddress("2003::1"))
    #expect(ipv4.contains(one) && !ipv4.contains(other) && ipv6.contains(other) && !ipv6.contains(one))
  }
}
