/// Takes bytes that are meant to be UTF-8 and hands on UTF-8 that XML can hold.
///
/// Invalid bytes are read as windows-1252 (which they nearly always are), C0 controls and non-characters are
/// dropped, C1 controls become what windows-1252 has in their place, line ends become LF. Clean runs are handed
/// on as they lie, without a copy. The result does not depend on where the bytes were cut into pieces.
struct UTF8Cleaner {
  /// Whether a byte was found that is no UTF-8.
  private(set) var foundInvalid = false
  /// Whether a control character was dropped.
  private(set) var foundControl = false
  private var carry: [UInt8] = []
  private var patch: [UInt8] = []

  /// Hands on the clean form of the next bytes, holding back a sequence that is not whole yet.
  mutating func clean(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      if isLast, !carry.isEmpty { flushCarry(into: sink) }
      return
    }
    var from = 0
    if !carry.isEmpty {
      let held = carry.count
      let joined = carry + bytes.prefix(8)
      let wholeInput = joined.count - held == bytes.count
      // At least one sequence past the held bytes is complete, or all there is lies in `joined`.
      let used = joined.withUnsafeBufferPointer {
        scan($0, upTo: wholeInput ? joined.count : held, isLast: isLast && wholeInput, into: sink)
      }
      if wholeInput {
        carry = Array(joined[used...])
        return
      }
      from = used - held
      carry.removeAll(keepingCapacity: true)
    }
    let rest = UnsafeBufferPointer(start: base + from, count: bytes.count - from)
    let used = scan(rest, upTo: rest.count, isLast: isLast, into: sink)
    if used < rest.count { carry.append(contentsOf: rest[used...]) }
  }

  private mutating func flushCarry(into sink: (UnsafeBufferPointer<UInt8>) -> Void) {
    let rest = carry
    carry.removeAll()
    rest.withUnsafeBufferPointer { _ = scan($0, upTo: $0.count, isLast: true, into: sink) }
  }

  /// Scans until `upTo` is reached (a sequence may reach beyond it); returns how many bytes were used.
  private mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, upTo: Int, isLast: Bool,
    into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Int {
    guard let p = bytes.baseAddress else { return 0 }
    let n = bytes.count
    var at = 0
    var runStart = 0
    patch.removeAll(keepingCapacity: true)
    while at < upTo {
      at = Self.plainRun(p, at, upTo)
      guard at < upTo else { break }
      let byte = p[at]
      var step = 1
      if byte < 0x80 {
        switch byte {
        case 0x09, 0x0A, 0x20...0x7F:
          at += 1
          continue
        case 0x0D:
          if at + 1 == n, !isLast { return leave(p, runStart, at, sink) }
          if at + 1 == n || p[at + 1] != 0x0A { patch.append(0x0A) }
        default:
          foundControl = true
        }
      } else {
        switch Self.sequence(p, at, n) {
        case .valid(let length):
          at += length
          continue
        case .unwanted(let length):
          foundControl = true
          step = length
        case .c1(let low):
          step = 2
          if let scalar = Windows1252.scalar(low) { patch.append(scalar: scalar) }
        case .incomplete where !isLast:
          return leave(p, runStart, at, sink)
        case .incomplete, .invalid:
          foundInvalid = true
          patch.append(scalar: Windows1252.scalar(byte) ?? 0xFFFD)
        }
      }
      if at > runStart { sink(UnsafeBufferPointer(start: p + runStart, count: at - runStart)) }
      if !patch.isEmpty {
        patch.withUnsafeBufferPointer { sink($0) }
        patch.removeAll(keepingCapacity: true)
      }
      at += step
      runStart = at
    }
    return leave(p, runStart, at, sink)
  }

  private func leave(
    _ p: UnsafePointer<UInt8>, _ from: Int, _ to: Int, _ sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Int {
    if to > from { sink(UnsafeBufferPointer(start: p + from, count: to - from)) }
    return to
  }

  private enum Sequence {
    case valid(Int), unwanted(Int), c1(UInt8), incomplete, invalid
  }

  /// The next index from `at` whose byte needs a look: not ASCII, or a control other than TAB and LF.
  @inline(__always)
  private static func plainRun(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(p)
    while at + 32 <= end {
      let words = raw.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
      let ones = SIMD4<UInt64>(repeating: 0x0101_0101_0101_0101)
      // The upper bit of a byte is set by these sums where it is no control, no TAB, no LF; ASCII never carries.
      let isPrintable = words &+ 0x60 &* ones
      let isNoTab = (words ^ 0x09 &* ones) &+ 0x7F &* ones
      let isNoLine = (words ^ 0x0A &* ones) &+ 0x7F &* ones
      let found = words | ~isPrintable & isNoTab & isNoLine
      if (found[0] | found[1] | found[2] | found[3]) & 0x8080_8080_8080_8080 != 0 {
        // Before the first byte that is found nothing carries.
        for lane in 0..<4 {
          let stops = found[lane] & 0x8080_8080_8080_8080
          if stops != 0 { return at + stops.trailingZeroBitCount / 8 }
          at += 8
        }
      }
      at += 32
    }
    while at < end, p[at] < 0x80, p[at] >= 0x20 || p[at] == 0x0A || p[at] == 0x09 { at += 1 }
    return at
  }

  @inline(__always)
  private static func sequence(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Sequence {
    let lead = p[at]
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return .invalid
    }
    guard at + 1 < n else { return .incomplete }
    let second = p[at + 1]
    guard second & 0xC0 == 0x80 else { return .invalid }
    switch lead {
    case 0xC2 where second < 0xA0: return .c1(second)
    case 0xE0 where second < 0xA0: return .invalid
    case 0xED where second > 0x9F: return .invalid
    case 0xF0 where second < 0x90: return .invalid
    case 0xF4 where second > 0x8F: return .invalid
    default: break
    }
    if length == 2 { return .valid(2) }
    guard at + 2 < n else { return .incomplete }
    guard p[at + 2] & 0xC0 == 0x80 else { return .invalid }
    if length == 3 {
      // U+FFFE and U+FFFF are no characters of XML; U+FEFF inside a document is a stray mark.
      if lead == 0xEF, second == 0xBF, p[at + 2] >= 0xBE { return .unwanted(3) }
      if lead == 0xEF, second == 0xBB, p[at + 2] == 0xBF { return .unwanted(3) }
      return .valid(3)
    }
    guard at + 3 < n else { return .incomplete }
    return p[at + 3] & 0xC0 == 0x80 ? .valid(4) : .invalid
  }
}
