/// A number of bytes, written with its unit: `"16 MiB"`.
public struct ByteSize: Sendable, Hashable, Comparable {
  /// The bytes, never negative.
  public var bytes: Int

  /// So many bytes.
  public init(bytes: Int) { self.bytes = max(0, bytes) }

  /// So many mebibytes (1,048,576 bytes each).
  public init(mebibytes: Int) { self.init(bytes: mebibytes * 1_048_576) }

  /// The units that are read, by lower-case name, in bytes.
  static let units: [(name: String, bytes: Int)] = [
    ("B", 1), ("KiB", 1024), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
  ]

  /// A size as a person writes it: a whole number, an optional space, and a unit of `B`, `KiB`, `MiB`, `GiB`, `TiB`
  /// or their decimal cousins `kB`, `MB`, `GB`, `TB`, in any case; nil for anything else or beyond 2^62 bytes.
  public init?(_ text: String) {
    let digits = text.utf8.prefix { 0x30...0x39 ~= $0 }
    guard let number = Int(String(Substring(digits))) else { return nil }
    let name = String(text.dropFirst(digits.count).drop { $0 == " " })
    guard let unit = Self.units.first(where: { $0.name.lowercased() == name.lowercased() }) else {
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
    guard !overflow, bytes <= 1 << 62 else { return nil }
    self.bytes = bytes
  }

  /// Fewer bytes come first.
  public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}

extension ByteSize: CustomStringConvertible {
  /// The size in the largest unit that leaves a whole number, as `init(_:)` reads it.
  public var description: String {
    let binary = Self.units.prefix(5).last { bytes % $0.bytes == 0 && bytes >= $0.bytes }
    let decimal = Self.units.dropFirst(5).last { bytes % $0.bytes == 0 && bytes >= $0.bytes }
    var unit = binary ?? Self.units[0]
    if let decimal, unit.bytes < decimal.bytes { unit = decimal }
    return "\(bytes / unit.bytes) \(unit.name)"
  }
}
