import Dispatch

/// Holds threads up until a test lets them go on.
public final class Gate: Sendable {
  private let group: DispatchGroup

  /// A closed gate.
  public init() {
    group = DispatchGroup()
    group.enter()
  }

  /// Lets all go on that wait and will wait; called once.
  public func open() { group.leave() }

  /// Waits until the gate is open; at most 30 seconds, so that a test that went wrong ends.
  public func wait() { _ = group.wait(timeout: .now() + .seconds(30)) }
}
