/// The header fields that a feed reader looks at.
enum HeaderField: UInt8 {
  case age, cacheControl, contentEncoding, contentLength, contentLocation, contentType, date, etag, expires
  case amazonWAF, cfMitigated, dataDome, imperva, server, sucuri
  case lastModified, link, location, rateLimit, rateLimitRemaining, rateLimitReset, retryAfter, setCookie

  /// The field of this name in any case; nil for one that nobody looks at.
  init?(name: UnsafeBufferPointer<UInt8>) {
    func matches(_ candidate: StaticString) -> Bool {
      guard candidate.utf8CodeUnitCount == name.count else { return false }
      for index in 0..<name.count where name[index] | 0x20 != candidate.utf8Start[index] | 0x20 {
        return false
      }
      return true
    }
    // The length parts nearly all names, so that a name is compared with one or two candidates.
    switch name.count {
    case 3 where matches("age"): self = .age
    case 4 where matches("etag"): self = .etag
    case 4 where matches("date"): self = .date
    case 4 where matches("link"): self = .link
    case 6 where matches("server"): self = .server
    case 7 where matches("expires"): self = .expires
    case 7 where matches("x-iinfo"): self = .imperva
    case 8 where matches("location"): self = .location
    case 9 where matches("ratelimit"): self = .rateLimit
    case 10 where matches("set-cookie"): self = .setCookie
    case 10 where matches("x-datadome"): self = .dataDome
    case 11 where matches("retry-after"): self = .retryAfter
    case 11 where matches("x-sucuri-id"): self = .sucuri
    case 12 where matches("content-type"): self = .contentType
    case 12 where matches("cf-mitigated"): self = .cfMitigated
    case 13 where matches("last-modified"): self = .lastModified
    case 13 where matches("cache-control"): self = .cacheControl
    case 14 where matches("content-length"): self = .contentLength
    case 15 where matches("ratelimit-reset"): self = .rateLimitReset
    case 16 where matches("content-encoding"): self = .contentEncoding
    case 16 where matches("content-location"): self = .contentLocation
    case 17 where matches("x-ratelimit-reset"): self = .rateLimitReset
    case 17 where matches("x-amzn-waf-action"): self = .amazonWAF
    case 19 where matches("ratelimit-remaining"): self = .rateLimitRemaining
    case 21 where matches("x-ratelimit-remaining"): self = .rateLimitRemaining
    default: return nil
    }
  }
}

/// Gathers the header lines of one answer in buffers that are used again for the next; an object, for whoever reads
/// them would else hold the buffers one by one.
final class HeaderCollector {
  private var bytes: [UInt8] = []
  private var fields: [(field: HeaderField, start: Int, end: Int)] = []
  /// A bit for each field that came: most that are asked for have not.
  private var present: UInt32 = 0
  /// Bytes of all header lines of the last answer, whether looked at or not.
  private(set) var size = 0
  /// 0 until a status line came.
  private(set) var status = 0
  /// Digits of the version: `11`, `20`.
  private(set) var version = 11

  /// Forgets the answer, keeps the buffers.
  func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    present = 0
    size = 0
    status = 0
  }

  /// Takes a line in as libcurl hands it over, with its line break; a status line begins a new answer.
  func take(_ line: UnsafeBufferPointer<UInt8>) {
    if line.count >= 12, line[0] == 0x48, line[1] == 0x54, line[2] == 0x54, line[3] == 0x50, line[4] == 0x2F {
      removeAll()
      size = line.count
      readStatus(line)
      return
    }
    size += line.count
    guard let colon = line.firstIndex(of: 0x3A),
      let field = HeaderField(name: UnsafeBufferPointer(rebasing: line[..<colon]))
    else { return }
    var start = colon + 1
    var end = line.count
    while start < end, Self.isSpace(line[start]) { start += 1 }
    while end > start, Self.isSpace(line[end - 1]) { end -= 1 }
    let at = bytes.count
    bytes.append(contentsOf: line[start..<end])
    fields.append((field, at, bytes.count))
    present |= 1 << UInt32(field.rawValue)
  }

  private func has(_ field: HeaderField) -> Bool { present & 1 << UInt32(field.rawValue) != 0 }

  private func readStatus(_ line: UnsafeBufferPointer<UInt8>) {
    version = 0
    var index = 5
    while index < line.count, line[index] != 0x20 {
      if 0x30...0x39 ~= line[index], version < 10 { version = version * 10 + Int(line[index] - 0x30) }
      index += 1
    }
    if version < 10 { version *= 10 }
    while index < line.count, line[index] == 0x20 { index += 1 }
    while index < line.count, 0x30...0x39 ~= line[index], status < 1000 {
      status = status * 10 + Int(line[index] - 0x30)
      index += 1
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  /// The first value of a field, as it came.
  func bytes(of wanted: HeaderField) -> ArraySlice<UInt8>? {
    guard has(wanted) else { return nil }
    for (field, start, end) in fields where field == wanted { return bytes[start..<end] }
    return nil
  }

  /// All values of a field, as they came.
  func all(of wanted: HeaderField) -> [ArraySlice<UInt8>] {
    guard has(wanted) else { return [] }
    return fields.filter { $0.field == wanted }.map { bytes[$0.start..<$0.end] }
  }

  /// The first value of a field; nil where it is empty, no UTF-8, or holds a control character.
  func text(of wanted: HeaderField) -> String? {
    guard has(wanted) else { return nil }
    for (field, start, end) in fields where field == wanted {
      return bytes.withUnsafeBufferPointer { bytes in
        let value = UnsafeBufferPointer(rebasing: bytes[start..<end])
        // ASCII, as nearly all are, needs no validation, which is slow where it may fail.
        if !value.isEmpty, value.allSatisfy({ 0x20...0x7E ~= $0 }) {
          return String(decoding: value, as: UTF8.self)
        }
        guard !value.isEmpty, value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
        return String(validating: value, as: UTF8.self)
      }
    }
    return nil
  }

  /// The first value of a field as a whole number of up to 18 digits.
  func number(of wanted: HeaderField) -> Int? { bytes(of: wanted).flatMap { HeaderSyntax.number($0) } }
}
