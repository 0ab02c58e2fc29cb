import Dispatch
import Synchronization

/// Where a commit that was begun waits for the disk.
public enum CommitPlace: Sendable {
  /// On a thread of its own, while the writer goes on.
  case besideAppends
  /// Where its end is waited for, so that all calls come in one order: for tests that count them.
  case whereWaitedFor
}

/// A group of one log on its way to the disk.
final class SealedGroup: Sendable {
  /// Lines that are not in the file yet.
  let lines: LineBuffer
  /// Where they belong.
  let start: Int
  /// The segment as it is after the group.
  let end: Manifest.Segment
  private let file: StoreFile
  private let room: Range<Int>?

  init(file: StoreFile, room: Range<Int>?, lines: LineBuffer, start: Int, end: Manifest.Segment) {
    self.file = file
    self.room = room
    self.lines = lines
    self.start = start
    self.end = end
  }

  /// A write for what is not in the file yet, and one fdatasync.
  ///
  /// - Throws: `.full` or `.io` where the write failed, `.poisoned` where the flush did.
  func makeDurable() throws(StoreError) {
    if !lines.isEmpty {
      if let room { file.reserve(at: room.lowerBound, count: room.count) }
      try file.write(lines, at: start)
    }
    do throws(StoreError) { try file.synchronise() } catch {
      // The kernel may have dropped the dirty pages and will report success next time: never ask again.
      throw .poisoned(reason: "\(error)")
    }
  }
}

/// The groups of both logs on their way to the disk: the entries, and only then the states.
final class RunningCommit: Sendable {
  /// What became of them.
  struct Outcome {
    var entries: StoreError?
    var states: StoreError?
  }

  let entries: SealedGroup?
  let states: SealedGroup?
  private let line: CommitLine
  private let outcome = Mutex<Outcome?>(nil)
  private let end = DispatchSemaphore(value: 0)

  init(entries: SealedGroup?, states: SealedGroup?, in line: CommitLine) {
    self.entries = entries
    self.states = states
    self.line = line
  }

  /// Whether it has ended.
  var hasEnded: Bool { outcome.withLock { $0 != nil } }

  /// Begins beside the caller, after what was begun before it; `whenDone` is called at its end.
  func begin(_ whenDone: (@Sendable () -> Void)?) {
    line.queue.async { @Sendable [self] in
      run()
      whenDone?()
    }
  }

  /// Makes the groups durable on the caller's thread.
  func run() {
    var result = Outcome()
    if let failure = line.failure.withLock({ $0 }) {
      // Behind a group that is not in its file nothing may count.
      result.entries = failure
    } else {
      do throws(StoreError) { try entries?.makeDurable() } catch { result.entries = error }
      if result.entries == nil {
        do throws(StoreError) { try states?.makeDurable() } catch { result.states = error }
      }
      if let failure = result.entries ?? result.states { line.failure.withLock { $0 = failure } }
    }
    let done = result
    outcome.withLock { $0 = done }
    end.signal()
  }

  /// What became of it; waits for its end, and does it here where nobody has begun.
  func wait() -> Outcome {
    if line.place == .whereWaitedFor, !hasEnded { run() }
    end.wait()
    end.signal()
    return outcome.withLock { $0 } ?? Outcome()
  }
}

/// The commits of one writer, in their order.
final class CommitLine: Sendable {
  let place: CommitPlace
  let queue = DispatchQueue(label: "precis.commit")
  /// Why the last one failed; those that wait behind it fail with it.
  let failure = Mutex<StoreError?>(nil)

  init(_ place: CommitPlace) { self.place = place }
}
