import Glibc
import PrecisTestSupport

/// Replaces the bytes of a file in place.
func overwrite(_ path: String, _ bytes: UnsafeRawBufferPointer) throws {
  let descriptor = open(path, O_WRONLY)
  defer { close(descriptor) }
  guard pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count else { throw OverwriteFailed() }
}

struct OverwriteFailed: Error {}
