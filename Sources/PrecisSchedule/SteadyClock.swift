import PrecisModel

/// Tells a clock that was set from time that passed.
///
/// Fed with the wall clock and with a clock that nobody can set and that counts on while the machine sleeps
/// (`CLOCK_BOOTTIME`), both in seconds.
public struct SteadyClock: Sendable {
  private var wall: Int64
  private var steady: Int64
  /// Differences up to this many seconds are drift, not a jump.
  private let tolerance: Int64

  /// A clock that begins with these readings.
  public init(wall: Timestamp, steady: Int64, tolerance: Int64 = 30) {
    self.wall = wall.seconds
    self.steady = steady
    self.tolerance = tolerance
  }

  /// Takes new readings, and gives by how many seconds the wall clock was set since the last ones; 0: it was
  /// not.
  ///
  /// By the result, the caller shifts its queue (``PollQueue/shift(by:)``) and states
  /// (``SchedulePolicy/shifted(_:by:)``): then every wait lasts as long as it was meant to.
  public mutating func jump(wall: Timestamp, steady: Int64) -> Int64 {
    let difference = (wall.seconds &- self.wall) &- (steady &- self.steady)
    self.wall = wall.seconds
    self.steady = steady
    return difference.magnitude > UInt64(tolerance) ? difference : 0
  }
}

/// Tells that the machine slept, by two clocks that nobody can set: one counts on meanwhile (`CLOCK_BOOTTIME`), the
/// other does not (`CLOCK_MONOTONIC`).
public struct SleepWatch: Sendable {
  /// Sleeps of up to this many seconds leave no burst behind that would matter.
  public static let tolerance: Int64 = 120
  private var slept: Int64

  /// A watch that begins with these readings, in seconds.
  public init(sinceBoot: Int64, awake: Int64) { slept = sinceBoot &- awake }

  /// Takes new readings, and tells whether the machine slept since the last sleep that was told.
  public mutating func hasSlept(sinceBoot: Int64, awake: Int64) -> Bool {
    guard sinceBoot &- awake &- slept > Self.tolerance else { return false }
    slept = sinceBoot &- awake
    return true
  }
}
