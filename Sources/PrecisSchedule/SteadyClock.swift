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
