/// What an article's HTML says of the units of its text.
struct StructureHints {
  /// Nothing known.
  static let none = StructureHints(kinds: [:])

  private let kinds: [UInt64: Document.Unit.Kind]

  private init(kinds: [UInt64: Document.Unit.Kind]) { self.kinds = kinds }

  /// What is known of a unit, by its first letters.
  func kind(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Document.Unit.Kind? {
    kinds.isEmpty ? nil : kinds[Self.key(UnsafeBufferPointer(rebasing: bytes[range]))]
  }

  /// A hash of the first letters and digits, in which text of HTML and plain text agree.
  private static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var taken = 0
    for byte in bytes where taken < 40 {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte
      guard lower >= 0x61 && lower <= 0x7A || lower >= 0x30 && lower <= 0x39 else { continue }
      hash = (hash ^ UInt64(lower)) &* 0x100_0000_01b3
      taken += 1
    }
    return taken < 3 ? 0 : hash
  }
}
