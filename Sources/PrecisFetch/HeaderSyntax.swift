/// The small grammars that header values share (RFC 9110 section 5.6).
enum HeaderSyntax {
  /// A whole number of 1 to 18 digits, nothing else.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard 1...18 ~= bytes.count else { return nil }
    var value = 0
    for byte in bytes {
      guard 0x30...0x39 ~= byte else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// As `number`, one that is too long counted as the largest: a cache is to take it so (RFC 9111 section 1.2.2).
  static func seconds(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return min(number(bytes) ?? .max, Int(Int32.max))
  }

  /// The parts between separators that stand outside quotes and angle brackets, without space around them.
  static func split(_ bytes: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for index in bytes.indices {
      let byte = bytes[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        if byte == 0x5C { isEscaped = true } else if byte == 0x22 { isQuoted = false }
      } else if isBracketed {
        isBracketed = byte != 0x3E
      } else if byte == separator {
        parts.append(trim(bytes[start..<index]))
        start = index + 1
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x3C {
        isBracketed = true
      }
    }
    parts.append(trim(bytes[start...]))
    return parts.filter { !$0.isEmpty }
  }

  /// `name=value` or `name`: the name in lower case, the value without its quotes.
  static func parameter(_ bytes: ArraySlice<UInt8>) -> (name: String, value: ArraySlice<UInt8>) {
    let equals = bytes.firstIndex(of: 0x3D) ?? bytes.endIndex
    let name = String(decoding: trim(bytes[..<equals]).map(lowercase), as: UTF8.self)
    var value = equals < bytes.endIndex ? trim(bytes[(equals + 1)...]) : []
    if value.count >= 2, value.first == 0x22, value.last == 0x22 { value = value.dropFirst().dropLast() }
    return (name, value)
  }

  static func lowercase(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
    while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
    return rest
  }
}
