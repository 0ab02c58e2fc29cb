import Logging
import Synchronization

/// The least important level that is logged: one for all loggers of a process, changed while they are in use.
public final class LogThreshold: Sendable {
  private let held: Mutex<Logger.Level>

  /// A threshold at a level.
  public init(_ level: Logger.Level) { held = Mutex(level) }

  /// The level; what is less important is not written.
  public var level: Logger.Level {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}
