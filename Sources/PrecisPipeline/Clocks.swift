import Glibc
import PrecisModel

/// The clocks that an engine goes by; tests have their own.
public struct Clocks: Sendable {
  /// The wall's, which anybody may set: for promises to servers.
  public var wall: @Sendable () -> Timestamp
  /// Seconds since boot, also those that the machine slept.
  public var sinceBoot: @Sendable () -> Int64
  /// Seconds since boot that it was awake.
  public var awake: @Sendable () -> Int64
  /// Milliseconds of some clock that nobody can set; they begin anew every 49 days.
  public var milliseconds: @Sendable () -> UInt32 = Self.monotonicMilliseconds

  /// Clocks from their readings.
  public init(
    wall: @escaping @Sendable () -> Timestamp, sinceBoot: @escaping @Sendable () -> Int64,
    awake: @escaping @Sendable () -> Int64
  ) {
    self.wall = wall
    self.sinceBoot = sinceBoot
    self.awake = awake
  }

  /// Those of the machine.
  public static let system = Clocks(
    wall: { Timestamp(seconds: Int64(time(nil))) }, sinceBoot: { seconds(CLOCK_BOOTTIME) },
    awake: { seconds(CLOCK_MONOTONIC) })

  private static let monotonicMilliseconds: @Sendable () -> UInt32 = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt32(truncatingIfNeeded: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  private static func seconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec)
  }
}
