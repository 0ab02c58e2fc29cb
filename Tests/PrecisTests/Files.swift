import Glibc
import PrecisTestSupport
import Synchronization

/// Replaces the bytes of a file in place.
func overwrite(_ path: String, _ bytes: UnsafeRawBufferPointer) throws {
  let descriptor = open(path, O_WRONLY)
  defer { close(descriptor) }
  guard pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count else { throw OverwriteFailed() }
}

struct OverwriteFailed: Error {}

/// The bytes of a file; none where it cannot be read.
func contents(_ path: String) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return [] }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &piece, piece.count)
    if count <= 0 { return bytes }
    bytes += piece[..<count]
  }
}

/// A value that a test changes while a server's thread reads it.
final class Shared<Value: Sendable>: Sendable {
  private let held: Mutex<Value>
  init(_ value: Value) { held = Mutex(value) }
  var value: Value {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}
