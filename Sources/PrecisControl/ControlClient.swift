import Glibc
import PrecisJSON

/// Asks the daemon over its Unix socket and waits for the answer: HTTP/1.0, so that the answer ends with the connection.
public struct ControlClient: Sendable {
  /// The socket's path.
  public let path: String

  /// A client of the daemon at `path`; nothing is connected yet.
  public init(path: String) { self.path = path }

  /// Whether a daemon answers at the path.
  public var isDaemonRunning: Bool {
    guard let descriptor = try? UnixSocket.connect(to: path) else { return false }
    close(descriptor)
    return true
  }

  /// Sends a request and hands on the answer's lines as they come.
  ///
  /// - Throws: `ControlError.notRunning` where nobody answers, `.refused` for a status of 400 and more, `.system`
  ///   where the connection breaks.
  public func send(_ request: ControlRequest, onLine: ([UInt8]) throws -> Void) throws {
    let descriptor = try UnixSocket.connect(to: path)
    defer { close(descriptor) }
    try write(head(of: request) + request.body, to: descriptor)
    var reader = LineReader(descriptor: descriptor, path: path)
    guard let statusLine = try reader.next(), let status = status(of: statusLine) else {
      throw ControlError.system(call: "read", path: path, errno: EPROTO)
    }
    while let header = try reader.next(), !header.isEmpty, header != [0x0D] {}
    guard status < 400 else {
      let body = try reader.next() ?? []
      let message = (try? JSONParser.parse(body))?["error"]?.string ?? String(decoding: body, as: UTF8.self)
      throw ControlError.refused(status: status, message: message)
    }
    while let line = try reader.next() { try onLine(line) }
  }

  /// Sends a request and returns the whole answer.
  ///
  /// - Throws: as `send(_:onLine:)`.
  public func send(_ request: ControlRequest) throws -> [UInt8] {
    var answer: [UInt8] = []
    try send(request) { answer += $0 + [0x0A] }
    return answer
  }

  private func head(of request: ControlRequest) -> [UInt8] {
    var target = request.path
    var separator = "?"
    for (name, value) in request.query.sorted(by: { $0.key < $1.key }) {
      target += separator + percentEncoded(name) + "=" + percentEncoded(value)
      separator = "&"
    }
    return Array(
      """
      \(request.method) \(target) HTTP/1.0\r
      Host: precis\r
      Content-Length: \(request.body.count)\r
      \r\n
      """.utf8)
  }

  private func percentEncoded(_ text: String) -> String {
    var out: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
      default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(ControlError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(call: "send", path: path, errno: errno) }
      rest = rest.dropFirst(count)
    }
  }

  private func status(of line: [UInt8]) -> Int? {
    let parts = line.split(separator: 0x20)
    guard parts.count >= 2, parts[0].starts(with: "HTTP/1.".utf8) else { return nil }
    return Int(String(decoding: parts[1], as: UTF8.self))
  }
}

/// Reads lines from a descriptor; what follows the last newline is a line too.
private struct LineReader {
  let descriptor: Int32
  let path: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  mutating func next() throws(ControlError) -> [UInt8]? {
    var searched = start
    while true {
      if let newline = buffer[searched...].firstIndex(of: 0x0A) {
        let line = Array(buffer[start..<newline])
        start = newline + 1
        return line
      }
      if isAtEnd {
        let line = Array(buffer[start...])
        start = buffer.count
        return line.isEmpty ? nil : line
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      try fill()
    }
  }

  private mutating func fill() throws(ControlError) {
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      guard errno == EINTR else { throw .system(call: "read", path: path, errno: errno) }
    } else if count == 0 {
      isAtEnd = true
    } else {
      buffer += piece[..<count]
    }
  }
}
