import Dispatch
import Glibc
import PrecisTestLimits
import Testing

@testable import PrecisControl

@Suite("Where the API listens", .mustEnd)
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

  @Test("after more connections than there may be, the server answers again")
  func crowd() throws {
    let isHeld = DispatchSemaphore(value: 0)
    let letGo = DispatchSemaphore(value: 0)
    let server = try ControlServer(address: .tcp(host: "127.0.0.1", port: 0)) { request, reply in
      if request.path == "/hold" {
        isHeld.signal()
        _ = letGo.wait(timeout: .now() + .seconds(60))
      }
      reply(.json(status: 200, Array("{}".utf8)))
    }
    defer { server.stop() }
    // As many as the server takes, and as many again, which the kernel holds for it: dead ones will fill its places anew.
    let crowd = try (0..<Int(ControlServer.connectionLimit) * 2).map { _ in try connect(to: server) }
    // A request on the last that is let in: the server has taken all of them by then. It is held while they go, so
    // that it finds all of them gone at once.
    ask("/hold", crowd[Int(ControlServer.connectionLimit) - 1])
    try #require(isHeld.wait(timeout: .now() + .seconds(60)) == .success)
    for descriptor in crowd { close(descriptor) }
    letGo.signal()
    let late = try connect(to: server)
    defer { close(late) }
    ask("/", late)
    var byte: UInt8 = 0
    #expect(recv(late, &byte, 1, 0) == 1)
  }

  private func connect(to server: ControlServer) throws -> Int32 {
    guard case .tcp(_, let port) = server.address else { throw ControlError.notRunning(path: "") }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    return descriptor
  }

  private func ask(_ path: String, _ descriptor: Int32) {
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    #expect(send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count)
  }
}
