import Glibc

/// One connection of the loopback server: reads requests, writes answers, blocking.
struct HTTPConnection {
  let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32) {
    self.descriptor = descriptor
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// The next request; nil where the client closed, or sent more than 1 MiB of head.
  mutating func readRequest(number: Int) -> RecordedRequest? {
    var piece = [UInt8](repeating: 0, count: 16_384)
    while true {
      if let end = Self.endOfHead(buffer) {
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 4)
        return Self.parse(head, number: number)
      }
      guard buffer.count < 1 << 20 else { return nil }
      let count = recv(descriptor, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      buffer.append(contentsOf: piece[..<count])
    }
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (0...(bytes.count - 4)).first {
      bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
    }
  }

  private static func parse(_ head: String, number: Int) -> RecordedRequest? {
    let lines = head.split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2 else { return nil }
    let headers = lines.dropFirst().map { line -> (name: String, value: String) in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      let value = colon < line.endIndex ? line[line.index(after: colon)...] : ""
      return (String(line[..<colon]), String(value.drop { $0 == " " }))
    }
    return RecordedRequest(
      method: String(words[0]), target: String(words[1]), headers: headers, arrival: .now, concurrent: 1,
      connection: number)
  }

  /// Writes an answer, calling `done` before its last byte; whether the connection goes on.
  func send(_ response: Response, to request: RecordedRequest, done: () -> Void) -> Bool {
    response.heldBy?.wait()
    let closes = response.closes || request.header("Connection")?.lowercased() == "close"
    var head = "HTTP/1.1 \(response.status) \(Self.reason(response.status))\r\n"
    for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
    func finish(_ extra: String, _ body: [UInt8], isKept: Bool) -> Bool {
      let all = Array((head + extra + (isKept ? "" : "Connection: close\r\n") + "\r\n").utf8) + body
      done()
      return write(all) && isKept
    }
    func begin(_ extra: String) -> Bool { write(Array((head + extra + "\r\n").utf8)) }
    switch response.body {
    case .none: return finish("", [], isKept: !closes)
    case .bytes(let bytes):
      return finish("Content-Length: \(bytes.count)\r\n", bytes, isKept: !closes)
    case .chunked(let pieces):
      let body = pieces.flatMap { Self.chunk($0) } + Array("0\r\n\r\n".utf8)
      return finish("Transfer-Encoding: chunked\r\n", body, isKept: !closes)
    case .untilClose(let bytes): return finish("", bytes, isKept: false)
    case .cutOff(let bytes, let announced):
      return finish("Content-Length: \(announced)\r\n", bytes, isKept: false)
    case .endless(let bytes):
      let chunk = Self.chunk(bytes)
      _ = begin("Transfer-Encoding: chunked\r\n")
      while write(chunk) {}
      done()
      return false
    case .trickle(let bytes, let interval):
      _ = begin("Transfer-Encoding: chunked\r\n")
      let chunk = Self.chunk(bytes)
      while write(chunk), !waitForClose(interval) {}
      done()
      return false
    case .inTwo(let first, let gate, let second):
      _ = begin("Content-Length: \(first.count + second.count)\r\n") && write(first)
      gate.wait()
      done()
      return write(second) && !closes
    case .raw(let bytes):
      done()
      _ = write(bytes)
      return false
    case .hang:
      _ = waitForClose(nil)
      done()
      return false
    case .drop:
      done()
      return false
    }
  }

  private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + [13, 10]
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress.map { $0 + at }, bytes.count - at, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      at += count
    }
    return true
  }

  /// Waits until the client goes away (it sends nothing, so what is readable is its end); false where the interval (nil: 30 seconds) was over first.
  private func waitForClose(_ interval: Duration?) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let (seconds, attoseconds) = (interval ?? .seconds(30)).components
    let milliseconds = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    return poll(&entry, 1, milliseconds) > 0
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 304: "Not Modified"
    default: "Status"
    }
  }
}
