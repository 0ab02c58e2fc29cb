import Glibc
import PrecisTestSupport

/// Bytes that do not compress well.
func noise(count: Int) -> [UInt8] {
  var state: UInt64 = 88_172_645_463_325_252
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state) & 0x3F
  }
}

/// The bytes compressed by the gzip command; nil where it is not there.
func gzip(_ bytes: [UInt8]) -> [UInt8]? {
  guard let directory = try? TemporaryDirectory() else { return nil }
  let run = CommandRun.run(["sh", "-c", "gzip -9 -c > \(directory.file("out"))"], stdin: bytes)
  return run.status == 0 ? directory.read("out") : nil
}

/// 12 MiB of zeros, compressed as small as it gets: by Brotli (RFC 7932) in 14 bytes, by Zstandard (RFC 8878) in four
/// for each block of 128 KiB, a byte and how often it comes.
enum Bomb {
  static let size = 12 << 20
  static let brotli: [UInt8] = [
    0x9F, 0xFF, 0xFF, 0xBF, 0xF8, 0x27, 0x00, 0xE2, 0xB1, 0x40, 0x20, 0xF7, 0xFE, 0x17,
  ]
  static let zstandard: [UInt8] = {
    // The magic number; no size, no checksum, no dictionary; a window of 1 MiB.
    var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50]
    for block in 1...(size >> 17) {
      let header = UInt32(1 << 17) << 3 | 1 << 1 | (block == size >> 17 ? 1 : 0)
      bytes += [UInt8(header & 255), UInt8(header >> 8 & 255), UInt8(header >> 16), 0]
    }
    return bytes
  }()
}

/// A listener that accepts nothing and whose queue is full.
final class FullListener {
  let port: Int
  private var descriptors: [Int32] = []

  init() throws {
    let (listener, port) = Self.bound()
    self.port = port
    descriptors = [listener]
    listen(listener, 0)
    var name = Self.loopback(port: port)
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      _ = withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      descriptors.append(client)
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  /// A port that nobody listens on now.
  static func freePort() -> Int {
    let (descriptor, port) = bound()
    close(descriptor)
    return port
  }

  private static func loopback(port: Int) -> sockaddr_in {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = in_port_t(port).bigEndian
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return name
  }

  private static func bound() -> (Int32, Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var name = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, length)
        _ = getsockname(descriptor, $0, &length)
      }
    }
    return (descriptor, Int(UInt16(bigEndian: name.sin_port)))
  }
}
