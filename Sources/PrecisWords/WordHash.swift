/// The hash of a word, letter by letter.
public enum WordHash {
  /// The state before the first letter.
  package static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The state after one letter more.
  @inline(__always)
  package static func mixed(_ state: UInt64, _ code: UInt32) -> UInt64 {
    let mixed = (state ^ UInt64(code)) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ (mixed >> 29)
  }

  /// The short hash that a state comes to.
  @inline(__always)
  package static func short(_ state: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: state >> 32) }

  /// The short hash of a word that is folded already.
  package static func short(_ codes: some Sequence<UInt32>) -> UInt32 { short(codes.reduce(seed, mixed)) }
}
