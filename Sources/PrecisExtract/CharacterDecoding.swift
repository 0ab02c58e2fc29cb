import Glibc

/// Turns a page's bytes into valid UTF-8.
///
/// Source: WHATWG HTML, "determining the character encoding", shortened: byte order mark, the bytes themselves
/// where they are UTF-8 beyond doubt, the media type's charset, the page's own meta element, windows-1252.
enum CharacterDecoding {
  /// The page in UTF-8; malformed sequences become U+FFFD.
  static func utf8(_ bytes: [UInt8], contentType: String?) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return repaired(Array(bytes.dropFirst(3))) }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), bigEndian: true) }
    let scan = scan(bytes)
    if scan.isUTF8, scan.hasMultibyte { return bytes }
    let label =
      contentType.flatMap { charset(in: Array($0.utf8)) } ?? charset(in: Array(bytes.prefix(4096)))
    switch label {
    case nil: return scan.isUTF8 ? bytes : singleByte1252(bytes)
    case "utf-8", "utf8", "unicode-1-1-utf-8":
      return scan.isUTF8 || hasUTF8(bytes) ? repaired(bytes) : singleByte1252(bytes)
    case "utf-16", "utf-16le", "utf-16be":
      // A meta element that could be read as ASCII cannot tell the truth about UTF-16.
      return repaired(bytes)
    case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252", "iso_8859-1", "latin-1":
      return scan.isUTF8 ? bytes : singleByte1252(bytes)
    case let name?: return iconv(bytes, from: name) ?? repaired(bytes)
    }
  }

  /// The charset that a media type or a meta element names, in lower case.
  private static func charset(in bytes: [UInt8]) -> String? {
    let needle = Array("charset".utf8)
    var at = 0
    while at + needle.count < bytes.count {
      guard bytes[at] | 0x20 == 0x63, (0..<needle.count).allSatisfy({ bytes[at + $0] | 0x20 == needle[$0] })
      else {
        at += 1
        continue
      }
      at += needle.count
      while at < bytes.count, bytes[at] == 0x20 { at += 1 }
      guard at < bytes.count, bytes[at] == 0x3D else { continue }
      at += 1
      while at < bytes.count, [0x20, 0x22, 0x27].contains(bytes[at]) { at += 1 }
      let start = at
      while at < bytes.count, at - start < 40, isLabelByte(bytes[at]) { at += 1 }
      if at > start { return String(decoding: bytes[start..<at].map(lowered), as: UTF8.self) }
    }
    return nil
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
      || [0x2D, 0x5F, 0x2E, 0x3A].contains(byte)
  }

  private static func scan(_ bytes: [UInt8]) -> (isUTF8: Bool, hasMultibyte: Bool) {
    let hasMultibyte = bytes.withUnsafeBufferPointer { buffer in buffer.contains { $0 >= 0x80 } }
    guard hasMultibyte else { return (true, false) }
    // A page cut in the middle of a character is still UTF-8.
    var tail = bytes.count
    while tail > 0, bytes.count - tail < 3, bytes[tail - 1] & 0xC0 == 0x80 { tail -= 1 }
    if tail > 0, bytes[tail - 1] >= 0xC0 { tail -= 1 } else { tail = bytes.count }
    return (String(validating: bytes[..<tail], as: UTF8.self) != nil, true)
  }

  /// Whether more of the bytes above ASCII form characters of UTF-8 than do not; where a page's name for its encoding
  /// is wrong, hardly any do.
  private static func hasUTF8(_ bytes: [UInt8]) -> Bool {
    var formed = 0
    var loose = 0
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      let length = byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0
      let isFormed =
        length > 1 && at + length <= bytes.count
        && bytes[(at + 1)..<(at + length)].allSatisfy { $0 & 0xC0 == 0x80 }
      if byte >= 0x80 { if isFormed { formed += 1 } else { loose += 1 } }
      at += isFormed ? length : 1
    }
    return formed >= loose
  }

  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var at = bytes.startIndex
    while at + 1 < bytes.endIndex {
      let first = UInt16(bytes[at])
      let second = UInt16(bytes[at + 1])
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
      at += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// windows-1252 0x80 to 0x9F; the five unassigned bytes are the C1 controls, as WHATWG has it.
  private static let upper1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153,
    0x9D,
    0x17E, 0x178,
  ]

  private static func singleByte1252(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        out.append(byte)
      } else {
        let code = byte < 0xA0 ? upper1252[Int(byte) - 0x80] : UInt32(byte)
        if let scalar = Unicode.Scalar(code) { out.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
      }
    }
    return out
  }

  /// Names that the web uses for more than the registry says (WHATWG Encoding Standard).
  private static let iconvNames = [
    "shift_jis": "CP932", "sjis": "CP932", "x-sjis": "CP932", "windows-31j": "CP932", "gb2312": "GB18030",
    "gbk": "GB18030", "x-gbk": "GB18030", "euc-kr": "CP949", "ks_c_5601-1987": "CP949", "big5": "BIG5-HKSCS",
    "iso-8859-9": "CP1254", "tis-620": "CP874", "x-mac-cyrillic": "MAC-CYRILLIC",
  ]

  /// The bytes converted by the C library; nil where it knows no such encoding. Malformed bytes become U+FFFD.
  private static func iconv(_ bytes: [UInt8], from label: String) -> [UInt8]? {
    guard let converter = iconv_open("UTF-8", iconvNames[label] ?? label),
      converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    var chunk = [CChar](repeating: 0, count: 16384)
    var consumed = 0
    while consumed < input.count {
      var left = input.count - consumed
      var room = chunk.count
      let result = input.withUnsafeMutableBufferPointer { source in
        chunk.withUnsafeMutableBufferPointer { target in
          var from = source.baseAddress.map { $0 + consumed }
          var to = target.baseAddress
          return Glibc.iconv(converter, &from, &left, &to, &room)
        }
      }
      let failure = errno
      consumed = input.count - left
      for at in 0..<(chunk.count - room) { out.append(UInt8(bitPattern: chunk[at])) }
      if result == Int.max || result == Int(bitPattern: UInt.max), failure != E2BIG {
        out.append(contentsOf: [0xEF, 0xBF, 0xBD])
        if failure == EINVAL { break }
        consumed += 1
      }
    }
    return out
  }
}
