import Glibc
import PrecisModel

/// Follows the changes of a store as they come, woken by the kernel's file notification (inotify), never by polling.
///
/// It gives only what is durable, in order, each change once: a follower that goes on after the sequence number it
/// saw last misses nothing and repeats nothing, also when the writer or it was restarted. Of an article that changed
/// several times while nobody followed, compaction may leave only the last change.
public final class StoreFollower {
  /// The sequence number of the last change that was given.
  public private(set) var sequence: Int64

  private let reader: StoreReader
  private let notification: Int32

  /// Follows a store from the change after `sequence` on; 0 for all there are.
  ///
  /// - Throws: `.notAStore`, `.wrongVersion`, `.io` where inotify is not to be had.
  public init(directory: String, since sequence: Int64) throws(StoreError) {
    reader = try StoreReader(directory: directory)
    self.sequence = sequence
    notification = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard notification >= 0 else {
      throw .io(operation: "inotify_init1", path: directory, errno: errno)
    }
    // entries/ for a writer that cannot write its mark; the changes seen then are those up to the last mark.
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
    for folder in ["index", "entries"] {
      _ = inotify_add_watch(notification, directory + "/" + folder, events)
    }
  }

  deinit { close(notification) }

  /// A descriptor that becomes readable when there may be something new: for a Dispatch source or poll(2).
  public var descriptor: Int32 { notification }

  /// The next changes, at most `limit`, without waiting; none where there is nothing new.
  ///
  /// Call it until it gives none before waiting on ``descriptor`` again.
  public func next(limit: Int = 256) throws(StoreError) -> [Change] {
    drain()
    let changes = try reader.changes(since: sequence, limit: limit)
    if let last = changes.last { sequence = last.sequence }
    return changes
  }

  /// The next changes, waiting for them at most so many milliseconds (-1: for ever); none when the time is over.
  public func wait(milliseconds: Int32, limit: Int = 256) throws(StoreError) -> [Change] {
    var left = milliseconds
    while true {
      let changes = try next(limit: limit)
      if !changes.isEmpty || left == 0 { return changes }
      let begun = Self.now()
      var waiting = pollfd(fd: notification, events: Int16(POLLIN), revents: 0)
      let count = poll(&waiting, 1, left)
      if count < 0, errno != EINTR {
        throw .io(operation: "poll", path: reader.directory, errno: errno)
      }
      if left > 0 { left = max(0, left - Int32(clamping: Self.now() - begun)) }
    }
  }

  /// Takes the notifications: they say only that something changed.
  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while read(notification, &buffer, buffer.count) > 0 {}
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
