import Dispatch
import Glibc
import Testing

/// Ends the whole run, and names the test, where a test does not end.
///
/// Testing's own time limit cancels a test's task, which does not end one that waits for an answer that never comes.
public struct MustEnd: SuiteTrait, TestTrait, TestScoping {
  /// What a test may take on a busy machine; a soak takes as long as its rounds do.
  static let patience = DispatchTimeInterval.seconds(getenv("PRECIS_SOAK") == nil ? 600 : 6 * 3600)
  private static let queue = DispatchQueue(label: "precis.must-end")

  /// It holds for every test of a suite.
  public var isRecursive: Bool { true }

  /// Runs a test beside a watch that ends the run.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let name = test.displayName ?? test.name
    let watch = DispatchWorkItem { Self.end(because: "\"\(name)\" at \(test.sourceLocation) does not end") }
    Self.queue.asyncAfter(deadline: .now() + Self.patience, execute: watch)
    defer { watch.cancel() }
    try await function()
  }

  private static func end(because message: String) {
    let line = Array("\nerror: \(message)\n".utf8)
    _ = write(2, line, line.count)
    // What other tests came to.
    fflush(nil)
    abort()
  }
}

extension Trait where Self == MustEnd {
  /// A test that has not ended after ten minutes ends the run.
  public static var mustEnd: Self { MustEnd() }
}
