import CClockShims
import Dispatch
import Glibc

/// Tells at once that the wall clock was set or that the machine woke from a sleep, which no timer of Dispatch's does: they
/// count the time awake alone. Costs no wake-up in between.
final class ClockWatch {
  private let source: any DispatchSourceRead

  /// A watch that calls `changed` on `queue`; nil where the system has none.
  init?(queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = precis_clock_watch()
    guard descriptor >= 0 else { return nil }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler { @Sendable in
      _ = precis_clock_watch_again(descriptor)
      changed()
    }
    source.setCancelHandler { @Sendable in _ = close(descriptor) }
    source.activate()
  }

  deinit { source.cancel() }
}
