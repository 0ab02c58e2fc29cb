import Glibc

/// A system call that failed.
public struct SystemCallFailed: Error, CustomStringConvertible {
  /// Which, on what, and why.
  public let description: String

  init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
}

private final class ThreadWork: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs work on a detached thread of its own, where it may block for as long as it likes.
func startThread(_ run: @escaping @Sendable () -> Void) {
  let work = Unmanaged.passRetained(ThreadWork(run)).toOpaque()
  var thread = pthread_t()
  let code = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, work)
  if code == 0 { pthread_detach(thread) } else { Unmanaged<ThreadWork>.fromOpaque(work).release() }
}
