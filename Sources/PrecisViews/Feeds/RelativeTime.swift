import PrecisModel

/// Moments and spans as a person says them, in one or two characters more than a number.
enum RelativeTime {
  /// `in 12m`, `5h ago`, `now`; `-` for an unknown moment.
  static func text(_ moment: Timestamp?, now: Timestamp) -> String {
    guard let moment else { return "-" }
    let difference = moment - now
    if abs(difference) < 1 { return "now" }
    return difference > 0 ? "in " + span(difference) : span(-difference) + " ago"
  }

  /// `45s`, `12m`, `5h`, `3d`, `2y`: the largest whole unit.
  static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: return "\(max(0, seconds))s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<172_800: return "\(seconds / 3600)h"
    case ..<63_072_000: return "\(seconds / 86_400)d"
    default: return "\(seconds / 31_536_000)y"
    }
  }

  /// `812 B`, `12 KiB`, `3.4 MiB`: three digits at most.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    var unit = 0
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let text = unit > 0 && tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))"
    return "\(text) \(units[unit])"
  }
}
