import PrecisControl
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisViews
import Synchronization
import Dispatch
import Glibc

extension Invocation {
  /// The store, for reading; no lock is taken.
  ///
  /// - Throws: `Failure` of `.noInput` where there is none, of `.data` or `.inputOutput` where it cannot be read.
  func reader() throws -> StoreReader {
    do {
      return try StoreReader(directory: store)
    } catch {
      throw Failure(storing: error, store: store)
    }
  }

  /// An engine of this process, for one command.
  ///
  /// - Throws: `Failure` of `.tryAgain` where another process writes to the store.
  func engine(trigger: Engine.Trigger) throws -> Engine {
    do {
      return try Engine(
        configuration: configuration, store: store, trigger: trigger, version: Precis.version, logger: logger)
    } catch let error as StoreError {
      throw Failure(storing: error, store: store)
    } catch {
      throw Failure(.software, "\(error)")
    }
  }

  /// The daemon that writes to this store, if one runs.
  func daemon() -> ControlClient? {
    for path in socketCandidates {
      let client = ControlClient(path: path)
      let request = ControlRequest(method: "GET", path: "/v1/status")
      guard let answer = try? client.send(request), let status = DaemonStatus(json: answer) else { continue }
      if Self.canonical(status.store) == Self.canonical(store) { return client }
    }
    return nil
  }

  private static func canonical(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension Failure {
  /// A failure of the store.
  init(storing error: any Error, store: String) {
    switch error as? StoreError {
    case .locked: self.init(.tryAgain, "\(error)")
    case .notAStore: self.init(.noInput, "\(error); `precis add URL` begins one")
    case .damaged, .wrongVersion: self.init(.data, "\(error)")
    case .io(_, _, EACCES), .io(_, _, EPERM), .io(_, _, EROFS): self.init(.noPermission, "\(error)")
    default: self.init(.inputOutput, "\(error)")
    }
  }

  /// No article is named so.
  init(noArticle name: String) {
    self.init(.noInput, "\(name): no such article; `precis list` shows them")
  }

  /// What the daemon refused.
  init(daemon error: any Error) {
    switch error as? ControlError {
    case .refused(let status, let message):
      switch status {
      case 404: self.init(.noInput, message)
      case 400, 409, 422: self.init(.data, message)
      case 502: self.init(.unavailable, message)
      default: self.init(.tryAgain, message)
      }
    case .notAllowed: self.init(.noPermission, "\(error)")
    default: self.init(.unavailable, "\(error)")
    }
  }

  /// What the engine refused.
  init(engine error: EngineError) {
    switch error {
    case .unknownFeed: self.init(.noInput, error.description)
    case .unreachable: self.init(.unavailable, error.description)
    case .store, .stopping: self.init(.inputOutput, error.description)
    default: self.init(.data, error.description)
    }
  }
}

/// A value that comes from another queue, once.
final class Promise<Value: Sendable>: Sendable {
  private let held = Mutex<Value?>(nil)
  private let semaphore = DispatchSemaphore(value: 0)

  func fulfil(_ value: Value) {
    held.withLock { $0 = value }
    semaphore.signal()
  }

  /// Waits for the value; only the main thread may, it serves no queue.
  func wait() -> Value? {
    semaphore.wait()
    return held.withLock { $0 }
  }
}

extension Engine {
  /// Closes the store and waits for that.
  func stopAndWait() {
    let closed = Promise<Bool>()
    stop { closed.fulfil(true) }
    _ = closed.wait()
  }
}
