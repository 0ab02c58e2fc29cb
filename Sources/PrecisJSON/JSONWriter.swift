import Glibc

/// Writes canonical JSON into one reused buffer: keys in the order given, no white space, UTF-8.
///
/// Every document that Precis writes goes through here, so the same values give the same bytes on every
/// machine. The writer inserts commas; the caller opens and closes what it nests.
public struct JSONWriter: ~Copyable {
  // Plain memory: an array's checks would cost more than what is written.
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes were written so far.
  public private(set) var count = 0
  private var needsComma = false

  /// A writer with room for `capacity` bytes before it grows.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// A copy of the bytes written so far.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  /// Whether nothing was written yet.
  public var isEmpty: Bool { count == 0 }

  /// Hands on the bytes written so far as they lie.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: start, count: count))
  }

  /// Forgets what was written, and keeps the buffer.
  public mutating func removeAll() {
    count = 0
    needsComma = false
  }

  /// Forgets the bytes written so far, and goes on in the middle of the document: for output in pieces.
  public mutating func removeBytes() { count = 0 }

  /// Opens an object, `{`.
  public mutating func beginObject() { open(0x7B) }
  /// Closes the innermost object, `}`.
  public mutating func endObject() { close(0x7D) }
  /// Opens an array, `[`.
  public mutating func beginArray() { open(0x5B) }
  /// Closes the innermost array, `]`.
  public mutating func endArray() { close(0x5D) }

  /// Writes a key; the value is written next.
  public mutating func key(_ key: StaticString) {
    let length = key.utf8CodeUnitCount
    reserve(length + 4)
    if needsComma { put(0x2C) }
    put(0x22)
    putShort(key.utf8Start, length)
    put(0x22)
    put(0x3A)
    needsComma = false
  }

  /// Writes a key known only at run time, escaped; the value is written next.
  public mutating func key(_ key: String) {
    string(key)
    reserve(1)
    put(0x3A)
    needsComma = false
  }

  /// Writes a string value, escaped as RFC 8259 section 7 asks.
  ///
  /// U+2028 and U+2029 go out as they are; C0 controls and DEL as `\u00XX`.
  public mutating func string(_ value: String) {
    if value.utf8.withContiguousStorageIfAvailable({ string(utf8: $0) }) != nil { return }
    // Not a native string.
    var value = value
    value.withUTF8 { string(utf8: $0) }
  }

  /// Writes a string value from UTF-8 bytes that are known to be valid.
  public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
    reserve(utf8.count + 3)
    if needsComma { put(0x2C) }
    put(0x22)
    escape(utf8)
    reserve(1)
    put(0x22)
    needsComma = true
  }

  /// Writes a string value of `length` bytes of ASCII, none of which is escaped, as `fill` puts them.
  @inlinable @inline(__always)
  public mutating func plainString(length: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
    let room = beginPlainString(length)
    fill(room)
    endPlainString()
  }

  @usableFromInline mutating func beginPlainString(_ length: Int) -> UnsafeMutableBufferPointer<UInt8> {
    reserve(length + 3)
    if needsComma { put(0x2C) }
    put(0x22)
    count += length
    return UnsafeMutableBufferPointer(start: start + count - length, count: length)
  }

  @usableFromInline mutating func endPlainString() {
    put(0x22)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func int(_ value: some BinaryInteger) {
    guard let small = Int(exactly: value), small != .min else { return raw(String(value)) }
    // A comma, a sign and nineteen digits.
    reserve(21)
    if needsComma { put(0x2C) }
    if small < 0 { put(0x2D) }
    needsComma = true
    var rest = UInt(abs(small))
    var digits = 1
    var power: UInt = 10
    while digits < 19, rest >= power {
      digits += 1
      power *= 10
    }
    var at = count + digits
    count = at
    repeat {
      at -= 1
      start[at] = 0x30 + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Writes a fraction rounded to `digits` decimals (so that it is the same everywhere), trailing zeros cut.
  public mutating func number(_ value: Double, digits: Int = 4) {
    guard value.isFinite else { return null() }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    guard abs(value) * scale < 9e15 else { return raw(String(Int64(value))) }
    let scaled = Int64((value * scale).rounded())
    let unit = Int64(scale)
    let whole = abs(scaled) / unit
    let fraction = abs(scaled) % unit
    var text = (scaled < 0 ? "-" : "") + String(whole)
    if fraction != 0 {
      var tail = String(fraction)
      tail = String(repeating: "0", count: digits - tail.count) + tail
      while tail.hasSuffix("0") { tail.removeLast() }
      text += "." + tail
    }
    raw(text)
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  /// Writes `null`.
  public mutating func null() { raw("null") }

  /// Writes a value that is JSON already.
  public mutating func raw(_ json: String) {
    var json = json
    json.withUTF8 { raw(utf8: $0) }
  }

  /// Writes a value that is JSON already.
  public mutating func raw(_ json: UnsafeBufferPointer<UInt8>) { raw(utf8: json) }

  /// Writes a value that is JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    if json.withContiguousStorageIfAvailable({ raw(utf8: $0) }) == nil {
      Array(json).withUnsafeBufferPointer { raw(utf8: $0) }
    }
  }

  private mutating func raw(utf8: UnsafeBufferPointer<UInt8>) {
    reserve(utf8.count + 1)
    if needsComma { put(0x2C) }
    if let from = utf8.baseAddress { put(from, utf8.count) }
    needsComma = true
  }

  /// Writes a line feed between two documents (NDJSON).
  public mutating func newline() {
    reserve(1)
    put(0x0A)
    needsComma = false
  }

  /// Writes `key` and `value` where there is a value.
  public mutating func field(_ key: StaticString, _ value: String?) {
    guard let value else { return }
    self.key(key)
    string(value)
  }

  /// Writes `key` and `value` where there is a value.
  public mutating func field(_ key: StaticString, _ value: Int?) {
    guard let value else { return }
    self.key(key)
    int(value)
  }

  /// Writes `key` and an array of strings, empty or not.
  public mutating func field(_ key: StaticString, _ values: [String]) {
    self.key(key)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes a tree of values.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .int(let value): int(value)
    case .double(let value): number(value, digits: 9)
    case .string(let value): string(value)
    case .array(let values):
      beginArray()
      for value in values { self.value(value) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// What was written, as a string.
  public var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
}

extension JSONWriter {
  /// Makes room for so many bytes more: what `put` relies on.
  @inline(__always)
  private mutating func reserve(_ surplus: Int) {
    if count + surplus > capacity { grow(by: surplus) }
  }

  private mutating func grow(by surplus: Int) {
    let grown = max(capacity * 2, count + surplus)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
    capacity = grown
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func put(_ from: UnsafePointer<UInt8>, _ length: Int) {
    memcpy(start + count, from, length)
    count += length
  }

  /// As `put`, for the few bytes of a key, which are not worth a call.
  @inline(__always)
  private mutating func putShort(_ from: UnsafePointer<UInt8>, _ length: Int) {
    let source = UnsafeRawPointer(from)
    let target = UnsafeMutableRawPointer(start + count)
    switch length {
    case 8...16:
      let last = source.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
      target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
      target.storeBytes(of: last, toByteOffset: length - 8, as: UInt64.self)
    case 4..<8:
      let last = source.loadUnaligned(fromByteOffset: length - 4, as: UInt32.self)
      target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
      target.storeBytes(of: last, toByteOffset: length - 4, as: UInt32.self)
    default: memcpy(target, source, length)
    }
    count += length
  }

  private mutating func open(_ byte: UInt8) {
    reserve(2)
    if needsComma { put(0x2C) }
    put(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    reserve(1)
    put(byte)
    needsComma = true
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    guard let base = utf8.baseAddress else { return }
    var from = 0
    while true {
      let index = Self.plainRun(base, from: from, to: utf8.count)
      // Six bytes are the longest escape.
      reserve(index - from + 6)
      put(base + from, index - from)
      guard index < utf8.count else { return }
      putEscaped(base[index])
      from = index + 1
    }
  }

  private mutating func putEscaped(_ byte: UInt8) {
    put(0x5C)
    switch byte {
    case 0x22, 0x5C: put(byte)
    case 0x0A: put(0x6E)
    case 0x0D: put(0x72)
    case 0x09: put(0x74)
    default:
      let digits = StaticString("0123456789abcdef").utf8Start
      put(0x75)
      put(0x30)
      put(0x30)
      put(digits[Int(byte >> 4)])
      put(digits[Int(byte & 15)])
    }
  }

  /// The next index whose byte is escaped; thirty-two bytes are looked at in one step.
  private static func plainRun(_ p: UnsafePointer<UInt8>, from: Int, to end: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(p)
    while at + 32 <= end {
      let words = raw.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
      let ones = SIMD4<UInt64>(repeating: 0x0101_0101_0101_0101)
      let swapped = words ^ 0x02 &* ones
      let backslash = words ^ 0x5C &* ones
      let delete = words ^ 0x7F &* ones
      // As `mayNeedEscape`, four words at once.
      let found =
        (swapped &- 0x21 &* ones) & ~swapped | (backslash &- ones) & ~backslash | (delete &- ones) & ~delete
      if (found[0] | found[1] | found[2] | found[3]) & 0x8080_8080_8080_8080 != 0 { break }
      at += 32
    }
    while at + 8 <= end {
      let found = mayNeedEscape(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    if end - from >= 8 {
      // The last word begins among bytes that were looked at.
      let found = mayNeedEscape(raw.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self))
      return found == 0 ? end : end - 8 + found.trailingZeroBitCount / 8
    }
    while at < end {
      let byte = p[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return at }
      at += 1
    }
    return end
  }

  /// The upper bit of each byte of a word that is escaped; beyond the first it may be of one that is not.
  @inline(__always)
  private static func mayNeedEscape(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // The quotation mark and the space change places, so that the mark is next to the controls.
    let swapped = word ^ 0x0202_0202_0202_0202
    let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
    let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
    let found =
      (swapped &- 0x2121_2121_2121_2121) & ~swapped | (backslash &- ones) & ~backslash
      | (delete &- ones) & ~delete
    return found & 0x8080_8080_8080_8080
  }
}
