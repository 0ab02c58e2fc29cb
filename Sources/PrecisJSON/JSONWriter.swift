/// Writes canonical JSON into one reused buffer: keys in the order given, no white space, UTF-8.
///
/// Every document that Precis writes goes through here, so the same values give the same bytes on every
/// machine. The writer inserts commas; the caller opens and closes what it nests.
public struct JSONWriter: ~Copyable {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// A writer with room for `capacity` bytes before it grows.
  public init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

  /// Forgets what was written, and keeps the buffer.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Forgets the bytes written so far, and goes on in the middle of the document: for output in pieces.
  public mutating func removeBytes() { bytes.removeAll(keepingCapacity: true) }

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
    comma()
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Writes a key known only at run time, escaped; the value is written next.
  public mutating func key(_ key: String) {
    string(key)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Writes a string value, escaped as RFC 8259 section 7 asks.
  ///
  /// U+2028 and U+2029 go out as they are; C0 controls and DEL as `\u00XX`.
  public mutating func string(_ value: String) {
    comma()
    bytes.append(0x22)
    var value = value
    value.withUTF8 { escape($0) }
    bytes.append(0x22)
    needsComma = true
  }

  /// Writes a string value from UTF-8 bytes that are known to be valid.
  public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
    comma()
    bytes.append(0x22)
    escape(utf8)
    bytes.append(0x22)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func int(_ value: some BinaryInteger) {
    guard let small = Int(exactly: value), small != .min else { return raw(String(value)) }
    comma()
    if small < 0 { bytes.append(0x2D) }
    needsComma = true
    var rest = UInt(abs(small))
    guard rest > 9 else { return bytes.append(0x30 + UInt8(rest)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = 20
      repeat {
        start -= 1
        digits[start] = 0x30 + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
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
    comma()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  /// Writes a value that is JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    comma()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Writes a line feed between two documents (NDJSON).
  public mutating func newline() {
    bytes.append(0x0A)
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
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension JSONWriter {
  private mutating func comma() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func open(_ byte: UInt8) {
    comma()
    bytes.append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    guard let base = utf8.baseAddress else { return }
    var from = 0
    var index = Self.plainRun(base, from: 0, to: utf8.count)
    while index < utf8.count {
      let byte = utf8[index]
      if index > from {
        bytes.append(contentsOf: UnsafeBufferPointer(start: base + from, count: index - from))
      }
      from = index + 1
      bytes.append(0x5C)
      switch byte {
      case 0x22, 0x5C: bytes.append(byte)
      case 0x0A: bytes.append(0x6E)
      case 0x0D: bytes.append(0x72)
      case 0x09: bytes.append(0x74)
      default:
        let digits = StaticString("0123456789abcdef").utf8Start
        bytes.append(0x75)
        bytes.append(0x30)
        bytes.append(0x30)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
      index = Self.plainRun(base, from: from, to: utf8.count)
    }
    if from < utf8.count {
      bytes.append(contentsOf: UnsafeBufferPointer(start: base + from, count: utf8.count - from))
    }
  }

  /// The next index whose byte is escaped; eight bytes are looked at in one step.
  private static func plainRun(_ p: UnsafePointer<UInt8>, from: Int, to end: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(p)
    while at + 8 <= end {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      // The lowest high bit that is set marks the first byte that may be meant; the loop below makes sure.
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
      let ones: UInt64 = 0x0101_0101_0101_0101
      let found =
        (word &- 0x2020_2020_2020_2020) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
        | (delete &- ones) & ~delete
      if found & 0x8080_8080_8080_8080 != 0 { break }
      at += 8
    }
    while at < end {
      let byte = p[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return at }
      at += 1
    }
    return end
  }
}
