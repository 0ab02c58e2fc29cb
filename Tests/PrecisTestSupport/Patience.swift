/// Waits until a condition holds, which is looked at again and again; false where the time was over first.
///
/// - Parameter seconds: far more than it takes on a busy machine, since only a test that fails waits so long.
public func eventually(within seconds: Int = 60, _ condition: () async throws -> Bool) async rethrows -> Bool
{
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try await !condition() {
    guard ContinuousClock.now < deadline else { return false }
    try? await Task.sleep(for: .milliseconds(1))
  }
  return true
}
