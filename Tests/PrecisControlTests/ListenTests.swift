import Testing

@testable import PrecisControl

@Suite("Where the API listens")
struct ListenTests {
  @Test(
    "an address and a port are read and written",
    arguments: [
      ("127.0.0.1:8470", "127.0.0.1", 8470), ("[::1]:8470", "::1", 8470), ("0.0.0.0:0", "0.0.0.0", 0),
    ])
  func address(text: String, host: String, port: UInt16) throws {
    let address = try #require(ListenAddress(tcp: text))
    #expect(address == .tcp(host: host, port: port))
    #expect(address.description == text)
  }

  @Test("texts without a port are no address", arguments: ["127.0.0.1", "[::1]:x", "1.2.3.4:70000", ""])
  func noAddress(text: String) { #expect(ListenAddress(tcp: text) == nil) }

  @Test("a taken port is told with its address")
  func taken() throws {
    let first = try ControlServer(address: .tcp(host: "127.0.0.1", port: 0)) { _, _ in }
    defer { first.stop() }
    #expect {
      try ControlServer(address: first.address) { _, _ in }
    } throws: { error in
      "\(error)".contains("\(first.address): bind")
    }
  }

  @Test(
    "who asks by address or as localhost is answered",
    arguments: [
      nil, "127.0.0.1", "127.0.0.1:8470", "[::1]:8470", "localhost", "LOCALHOST:80", "precis.localhost",
      "192.168.1.9:8470",
    ])
  func acceptedHosts(host: String?) { #expect(HostCheck.accepts(host)) }

  @Test(
    "a name that a stranger may own is not",
    arguments: [
      "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "1.2.3", "1.2.3.4.5", "1.2.3.400",
      "",
    ])
  func refusedHosts(host: String) { #expect(!HostCheck.accepts(host)) }
}
