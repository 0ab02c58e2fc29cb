/// A title reduced to its letters and digits, for comparing: case, spaces and punctuation do not count.
public struct PlainTitle: Equatable, Sendable {
  /// Lower-case letters and digits, runs of anything else as one space; at most 512 bytes.
  public let text: String

  /// The plain form of a title.
  public init(_ title: String) {
    var out: [UInt8] = []
    out.reserveCapacity(min(title.utf8.count, 512))
    var pending = false
    for scalar in title.unicodeScalars {
      guard out.count < 500 else { break }
      if scalar.isASCII {
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        switch byte {
        case 0x30...0x39, 0x61...0x7A: Self.add(byte, to: &out, after: &pending)
        case 0x41...0x5A: Self.add(byte | 0x20, to: &out, after: &pending)
        case 0x27: break
        default: pending = true
        }
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        for byte in scalar.properties.lowercaseMapping.utf8 { Self.add(byte, to: &out, after: &pending) }
      } else if scalar.value != 0x2019 {
        pending = true
      }
    }
    text = String(decoding: out, as: UTF8.self)
  }

  private static func add(_ byte: UInt8, to out: inout [UInt8], after pending: inout Bool) {
    if pending, !out.isEmpty { out.append(0x20) }
    pending = false
    out.append(byte)
  }

  /// How alike two titles are, 0 to 1: the share of letter pairs that they have in common (Dice's
  /// coefficient).
  ///
  /// 1 where they are equal, 0 where either is empty and the other is not. Linear in their length.
  public func likeness(to other: PlainTitle) -> Double {
    if text == other.text { return 1 }
    let (left, right) = (Self.pairs(text), Self.pairs(other.text))
    guard !left.isEmpty, !right.isEmpty else { return 0 }
    var common = 0
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        common += 1
        i += 1
        j += 1
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(2 * common) / Double(left.count + right.count)
  }

  /// Whether the one title can be the other after an edit: alike by three quarters, and with the same
  /// numbers, for `Episode 12` is no edit of `Episode 13`.
  public func isEdit(of other: PlainTitle) -> Bool {
    text == other.text || (hasSameNumbers(as: other) && likeness(to: other) >= 0.75)
  }

  /// Whether two titles have the same numbers, in whatever order.
  public func hasSameNumbers(as other: PlainTitle) -> Bool {
    func numbers(_ text: String) -> [String] {
      text.utf8.split { !(0x30...0x39 ~= $0) }.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
    return numbers(text) == numbers(other.text)
  }

  /// The pairs of neighbouring bytes, sorted.
  private static func pairs(_ text: String) -> [UInt16] {
    let bytes = Array(text.utf8)
    guard bytes.count > 1 else { return bytes.map(UInt16.init) }
    return zip(bytes, bytes.dropFirst()).map { UInt16($0) << 8 | UInt16($1) }.sorted()
  }
}
