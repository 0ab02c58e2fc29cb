import PrecisEntities

/// The general entities that a document declares for itself, expanded within a budget.
///
/// External ones are known by name only and expand to nothing; parameter entities are ignored. References inside
/// values are followed eight levels deep, each counting at least a byte, so no chain can explode.
struct DocumentEntities {
  private var values: [String: [UInt8]] = [:]
  private var budget: Int
  private(set) var isExhausted = false
  private static let maxCount = 1000
  private static let maxDepth = 8

  init(budget: Int) { self.budget = budget }

  var isEmpty: Bool { values.isEmpty }

  /// Reads the declarations of a document type, `<!DOCTYPE …>` with its internal subset.
  mutating func read(doctype: UnsafeBufferPointer<UInt8>) {
    var scanner = Scanner(bytes: doctype)
    while values.count < Self.maxCount, scanner.skip(past: "<!ENTITY") {
      scanner.skipSpace()
      let name = scanner.word()
      // `%` begins a parameter entity.
      guard !name.isEmpty else { continue }
      scanner.skipSpace()
      let key = String(decoding: name, as: UTF8.self)
      guard values[key] == nil else { continue }
      values[key] = scanner.quoted().map(Array.init) ?? []
    }
  }

  /// The expansion of a name; nil where the document does not declare it.
  mutating func expansion(of name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard !values.isEmpty, let value = values[String(decoding: name, as: UTF8.self)] else { return nil }
    var out: [UInt8] = []
    expand(value, into: &out, depth: 0)
    return out
  }

  private mutating func expand(_ value: [UInt8], into out: inout [UInt8], depth: Int) {
    budget -= 1
    guard budget > 0 else {
      isExhausted = true
      return
    }
    var at = 0
    while at < value.count, !isExhausted {
      guard value[at] == 0x26 else {
        out.append(value[at])
        budget -= 1
        if budget <= 0 { isExhausted = true }
        at += 1
        continue
      }
      let reference = value.withUnsafeBufferPointer { Reference($0, at: at) }
      switch reference {
      case .none, .incomplete:
        out.append(0x26)
        at += 1
      case .character(let scalar, let end):
        out.append(scalar: scalar)
        at = end
      case .name(let range):
        if let own = values[String(decoding: value[range], as: UTF8.self)] {
          if depth < Self.maxDepth { expand(own, into: &out, depth: depth + 1) }
        } else {
          let isKnown = value.withUnsafeBufferPointer {
            NamedReference.append(UnsafeBufferPointer(rebasing: $0[range]), to: &out)
          }
          if !isKnown { out.append(contentsOf: value[at...range.upperBound]) }
        }
        at = range.upperBound + 1
      }
    }
  }

  private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0

    mutating func skip(past text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      while at + count <= bytes.count {
        if (0..<count).allSatisfy({ bytes[at + $0] == text.utf8Start[$0] }) {
          at += count
          return true
        }
        at += 1
      }
      return false
    }

    mutating func skipSpace() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }

    mutating func word() -> Slice<UnsafeBufferPointer<UInt8>> {
      let start = at
      while at < bytes.count, Reference.isNameByte(bytes[at]) { at += 1 }
      return bytes[start..<at]
    }

    mutating func quoted() -> Slice<UnsafeBufferPointer<UInt8>>? {
      guard at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 else { return nil }
      let quote = bytes[at]
      at += 1
      let start = at
      while at < bytes.count, bytes[at] != quote { at += 1 }
      return bytes[start..<at]
    }
  }
}

/// A reference as it stands at an `&`.
enum Reference {
  /// A character, and where the text goes on.
  case character(UInt32, end: Int)
  /// A name: its range, the `;` stands at the upper bound.
  case name(Range<Int>)
  /// The bytes end before it is clear.
  case incomplete
  /// An ampersand that refers to nothing.
  case none

  private static let maxLength = 40

  /// Reads the reference whose `&` is at `at`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) {
    let end = min(bytes.count, at + Self.maxLength)
    var index = at + 1
    guard index < bytes.count else {
      self = .incomplete
      return
    }
    if bytes[index] == 0x23 {
      self = Self.numeric(bytes, from: index + 1, to: end)
      return
    }
    while index < end, Self.isNameByte(bytes[index]) { index += 1 }
    if index == end {
      self = end == bytes.count && end < at + Self.maxLength ? .incomplete : .none
    } else {
      self = bytes[index] == 0x3B && index > at + 1 ? .name((at + 1)..<index) : .none
    }
  }

  private static func numeric(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, to end: Int) -> Reference {
    var index = from
    var radix: UInt32 = 10
    if index < end, bytes[index] | 0x20 == 0x78 {
      radix = 16
      index += 1
    }
    let firstDigit = index
    var value: UInt32 = 0
    while index < end {
      let byte = bytes[index]
      let digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte) - 0x30
      case 0x41...0x46 where radix == 16: digit = UInt32(byte) - 0x37
      case 0x61...0x66 where radix == 16: digit = UInt32(byte) - 0x57
      case 0x3B where index > firstDigit:
        return .character(meant(value), end: index + 1)
      default: return .none
      }
      value = min(value &* radix &+ digit, 0x11_0000)
      index += 1
    }
    return end == bytes.count && end - from < maxLength - 2 ? .incomplete : .none
  }

  /// Numbers 128 to 159 are windows-1252 by all usage; zero and numbers beyond Unicode are U+FFFD.
  private static func meant(_ value: UInt32) -> UInt32 {
    if 0x80...0x9F ~= value { return Windows1252.scalar(UInt8(value)) ?? 0xFFFD }
    return value == 0 ? 0xFFFD : value
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D, 0x80...: return true
    default: return false
    }
  }
}
