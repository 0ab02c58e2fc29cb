import Dispatch
import Glibc
import PrecisTestLimits
import Testing

@testable import PrecisPipeline

/// The machine's clock, which few may set.
enum WallClock {
  /// Sets it to what it says, which is a setting all the same; false where that is not permitted.
  static func set() -> Bool {
    var now = timespec()
    return clock_gettime(CLOCK_REALTIME, &now) == 0 && clock_settime(CLOCK_REALTIME, &now) == 0
  }

  static let canBeSet = set()
}

@Suite("the watch on the wall clock", .mustEnd)
struct ClockWatchTests {
  @Test(
    "tells each time the clock is set", .enabled(if: WallClock.canBeSet, "the wall clock cannot be set here"))
  func told() throws {
    let queue = DispatchQueue(label: "test")
    let told = DispatchSemaphore(value: 0)
    let watch = try #require(ClockWatch(queue: queue) { told.signal() })
    for _ in 0..<2 {
      #expect(WallClock.set())
      #expect(told.wait(timeout: .now() + .seconds(30)) == .success)
    }
    withExtendedLifetime(watch) {}
  }
}
