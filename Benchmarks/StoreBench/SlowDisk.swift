import Glibc
import PrecisStore
import Synchronization

/// A disk whose fdatasync takes 4 ms longer, as that of many machines does.
final class SlowDisk: FileSystemOverlay {
  let base: any FileSystem = POSIXFileSystem()
  private let count = Mutex(0)

  /// How often something was flushed.
  var flushes: Int { count.withLock { $0 } }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    count.withLock { $0 += 1 }
    usleep(4000)
    try base.synchroniseData(descriptor)
  }
}
