/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, in words.
  public let reason: String
  /// The line, counted from 1.
  public let line: Int
  /// The offset in bytes, counted from 0.
  public let offset: Int

  /// A sentence for a person.
  public var description: String { "\(reason) (line \(line), byte \(offset))" }
}

/// Parses JSON (RFC 8259) from UTF-8 bytes, bounded in depth; it never recurses deeper than its limit.
public struct JSONParser {
  /// The deepest nesting that is read.
  public static let depthLimit = 128

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Parses one whole document; only white space may follow it.
  ///
  /// - Throws: `JSONError` where it is not JSON or nested deeper than `depthLimit`.
  public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes)
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { parser.at = 3 }
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.at < bytes.count { throw parser.error("text after the end of the document") }
    return value
  }

  /// Parses one whole document.
  ///
  /// - Throws: `JSONError` where it is not JSON or nested deeper than `depthLimit`.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    // A typed throw cannot pass through withUnsafeBufferPointer's rethrows, so the outcome is carried out.
    let outcome: Result<JSONValue, JSONError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(JSONError) { return .success(try parse(buffer)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  /// Parses one whole document.
  ///
  /// - Throws: `JSONError` where it is not JSON or nested deeper than `depthLimit`.
  public static func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(Array(text.utf8)) }
}

extension JSONParser {
  private func error(_ reason: String) -> JSONError {
    var line = 1
    for index in 0..<min(at, bytes.count) where bytes[index] == 0x0A { line += 1 }
    return JSONError(reason: reason, line: line, offset: at)
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit) levels") }
    skipSpace()
    guard at < bytes.count else { throw error("the document ends early") }
    switch bytes[at] {
    case 0x7B: return try object(depth: depth)
    case 0x5B: return try array(depth: depth)
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    case 0x2D, 0x30...0x39: return try number()
    default: throw error("unexpected byte \(bytes[at])")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    at += 1
    var members: [(key: String, value: JSONValue)] = []
    skipSpace()
    if at < bytes.count, bytes[at] == 0x7D {
      at += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x22 else { throw error("expected a key") }
      let key = try string()
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x3A else { throw error("expected a colon") }
      at += 1
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
      guard at < bytes.count else { throw error("the object is not closed") }
      at += 1
      if bytes[at - 1] == 0x7D { return .object(members) }
      guard bytes[at - 1] == 0x2C else { throw error("expected a comma or a closing brace") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    at += 1
    var values: [JSONValue] = []
    skipSpace()
    if at < bytes.count, bytes[at] == 0x5D {
      at += 1
      return .array(values)
    }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      guard at < bytes.count else { throw error("the array is not closed") }
      at += 1
      if bytes[at - 1] == 0x5D { return .array(values) }
      guard bytes[at - 1] == 0x2C else { throw error("expected a comma or a closing bracket") }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard at + index < bytes.count, bytes[at + index] == word.utf8Start[index] else {
        throw error("unexpected word")
      }
    }
    at += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    var isInteger = true
    if bytes[at] == 0x2D { at += 1 }
    let firstDigit = at
    while at < bytes.count {
      switch bytes[at] {
      case 0x30...0x39: break
      case 0x2E, 0x65, 0x45, 0x2B, 0x2D: isInteger = false
      default:
        return try numberValue(start, firstDigit, isInteger)
      }
      at += 1
    }
    return try numberValue(start, firstDigit, isInteger)
  }

  private func numberValue(_ start: Int, _ firstDigit: Int, _ isInteger: Bool) throws(JSONError) -> JSONValue
  {
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if at - firstDigit > 1, bytes[firstDigit] == 0x30, isInteger { throw error("number with a leading zero") }
    if isInteger, let value = Int64(text) { return .int(value) }
    guard at > firstDigit, bytes[at - 1] != 0x2E, let value = Double(text) else {
      throw error("not a number: \(text.prefix(40))")
    }
    return .double(value)
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
    guard at < bytes.count else { throw error("the string is not closed") }
    if bytes[at] == 0x22 {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case 0x22:
        at += 1
        return String(decoding: out, as: UTF8.self)
      case 0x5C:
        at += 1
        try escape(into: &out)
      case 0..<0x20:
        throw error("a control character in a string")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw error("the string is not closed")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard at < bytes.count else { throw error("the string is not closed") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: out.append(byte)
    case 0x62: out.append(0x08)
    case 0x66: out.append(0x0C)
    case 0x6E: out.append(0x0A)
    case 0x72: out.append(0x0D)
    case 0x74: out.append(0x09)
    case 0x75:
      var code = try hex4()
      if 0xD800..<0xDC00 ~= code, at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 {
        let mark = at
        at += 2
        let low = try hex4()
        if 0xDC00..<0xE000 ~= low {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        } else {
          at = mark
        }
      }
      // A lone surrogate is no character: it becomes U+FFFD, as every lenient reader has it.
      out.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    default: throw error("unknown escape")
    }
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw error("the string is not closed") }
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt32
      switch bytes[at] {
      case 0x30...0x39: digit = UInt32(bytes[at]) - 0x30
      case 0x41...0x46: digit = UInt32(bytes[at]) - 0x37
      case 0x61...0x66: digit = UInt32(bytes[at]) - 0x57
      default: throw error("not four hexadecimal digits after \\u")
      }
      code = code << 4 | digit
      at += 1
    }
    return code
  }
}
