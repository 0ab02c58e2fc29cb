import Glibc
import PrecisStore
import Synchronization

/// A disk whose fdatasync takes 4 ms longer, as that of many machines does.
final class SlowDisk: FileSystem {
  private let disk = POSIXFileSystem()
  private let count = Mutex(0)

  /// How often something was flushed.
  var flushes: Int { count.withLock { $0 } }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    count.withLock { $0 += 1 }
    usleep(4000)
    try disk.synchroniseData(descriptor)
  }

  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 { try disk.open(path, access) }
  func close(_ descriptor: Int32) { disk.close(descriptor) }
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) -> Int
  {
    try disk.write(descriptor, bytes, at: offset)
  }
  func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFailure)
    -> Int
  { try disk.read(descriptor, bytes, at: offset) }
  func synchroniseDirectory(_ path: String) throws(FileFailure) { try disk.synchroniseDirectory(path) }
  func truncate(_ descriptor: Int32, to size: Int) throws(FileFailure) {
    try disk.truncate(descriptor, to: size)
  }
  func size(_ descriptor: Int32) throws(FileFailure) -> Int { try disk.size(descriptor) }
  func rename(_ from: String, to: String) throws(FileFailure) { try disk.rename(from, to: to) }
  func unlink(_ path: String) throws(FileFailure) { try disk.unlink(path) }
  func makeDirectory(_ path: String) throws(FileFailure) { try disk.makeDirectory(path) }
  func list(_ path: String) throws(FileFailure) -> [String] { try disk.list(path) }
  func lock(_ descriptor: Int32) throws(FileFailure) -> Bool { try disk.lock(descriptor) }
}
