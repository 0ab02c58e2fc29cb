import Dispatch
import Synchronization

/// Where a checkpoint that is due waits for the disk.
public enum CheckpointPlace: Sendable {
  /// On a thread of its own, while the writer goes on.
  case besideAppends
  /// In the commit that makes it due, so that all calls come in one order: for tests that count them.
  case insideCommit
}

/// A checkpoint that goes on beside the appends: first the index, then the manifest.
///
/// It vouches for what was durable when it was begun. Pages of the index that the writer changes meanwhile do no harm: any
/// mixture of older and newer ones is made whole by the lines after the checkpoint (``KeyIndex``).
final class RunningCheckpoint: Sendable {
  /// What became of the two.
  struct Outcome {
    var isIndexFlushed: Bool
    var failure: StoreError?
  }

  let index: IndexCheckpoint
  private let outcome = Mutex<Outcome?>(nil)
  private let end = DispatchSemaphore(value: 0)
  private static let queue = DispatchQueue(label: "precis.checkpoint")

  /// Begins to flush the index and then to replace the manifest.
  init(_ index: IndexCheckpoint, manifest: [UInt8], in files: StoreDirectory) {
    self.index = index
    Self.queue.async { @Sendable [self] in
      var result = Outcome(isIndexFlushed: index.flush())
      do throws(StoreError) { try files.replace(Manifest.name, with: manifest) } catch {
        result.failure = error
      }
      let done = result
      outcome.withLock { $0 = done }
      end.signal()
    }
  }

  /// What became of it; nil while it goes on.
  var result: Outcome? { outcome.withLock { $0 } }

  /// Waits for its end.
  func wait() -> Outcome? {
    end.wait()
    end.signal()
    return result
  }
}

extension StoreWriter {
  /// Replaces manifest.json, so that the next start reads nothing that is before this point.
  public func checkpoint() throws(StoreError) {
    endCheckpoint()
    bytesSinceCheckpoint = 0
    if !keeper.index.checkpoint(boot: options.boot) { warn("the key index could not be flushed") }
    try writeManifest()
  }

  /// Makes a checkpoint if enough was appended since the last, without holding the writer up.
  func checkpointIfDue() {
    if checkpointUnderWay?.result != nil { endCheckpoint() }
    guard bytesSinceCheckpoint >= options.checkpointInterval else { return }
    switch options.checkpoints {
    case .insideCommit:
      do throws(StoreError) { try checkpoint() } catch { warn("checkpoint: \(error)") }
    case .besideAppends:
      // A disk that is slower than the appends holds them up here, so that the tail stays short.
      endCheckpoint()
      beginCheckpoint()
    }
  }

  /// Makes the checkpoint that an opened store needs, whose manifest does not say what the files are. Of one that has lines
  /// they are durable by now, and nobody waits for it; a new one begins with a manifest.
  func checkpointOpened() throws(StoreError) {
    guard options.checkpoints == .besideAppends, !entries.segments.isEmpty else { return try checkpoint() }
    beginCheckpoint()
  }

  private func beginCheckpoint() {
    bytesSinceCheckpoint = 0
    checkpointUnderWay = RunningCheckpoint(keeper.index.checkpoint, manifest: manifest().render(), in: files)
  }

  /// Waits for the checkpoint under way; afterwards nothing but the writer touches the store's files.
  func endCheckpoint() {
    guard let ending = checkpointUnderWay else { return }
    checkpointUnderWay = nil
    let outcome = ending.wait()
    if outcome?.isIndexFlushed == true {
      keeper.index.finish(ending.index, boot: options.boot)
    } else {
      warn("the key index could not be flushed")
    }
    if let failure = outcome?.failure { warn("checkpoint: \(failure)") }
  }

  func writeManifest(compaction: Manifest.Compaction? = nil) throws(StoreError) {
    endCheckpoint()
    var manifest = manifest()
    manifest.compaction = compaction
    try files.replace(Manifest.name, with: manifest.render())
  }

  /// The last sequence number that a durable line has, or had before it was lost.
  var lastGivenSequence: Int64 {
    max(inheritedSequence, entries.segments.last { $0.records > 0 }?.lastSequence ?? 0)
  }

  /// What is durable now.
  private func manifest() -> Manifest {
    var manifest = Manifest()
    manifest.entries = entries.segments
    manifest.state = states.segments
    manifest.lastSequence = lastGivenSequence
    manifest.lastStateSequence = manifest.state.last { $0.records > 0 }?.lastSequence ?? 0
    return manifest
  }
}
