/// Turns the bytes of a document into clean UTF-8 as they arrive, whatever charset they are in.
///
/// Precedence: byte order mark, the patterns of UTF-16, UTF-32 and EBCDIC, `charset` of the Content-Type, the XML
/// declaration, UTF-8 (RFC 7303 section 3). Where Content-Type and declaration disagree and one of them says
/// UTF-8, the first 4 KiB from the first byte that is not ASCII decide: valid UTF-8 is UTF-8, anything else is not.
final class DocumentDecoder {
  /// What is odd, as found.
  private(set) var oddities: [String] = []
  private let contentType: String?
  private var stage = Stage.head
  private var held: [UInt8] = []
  private var cleaner = UTF8Cleaner()
  private var iconv: Iconv?
  private var isSingleByte = false
  private var declared: (http: CharacterEncoding?, document: CharacterEncoding?) = (nil, nil)

  private enum Stage {
    /// Holding bytes until the declaration can be seen.
    case head
    /// Passing ASCII on; the first other byte opens the window.
    case ascii
    /// Holding the window in which the charsets that disagree are tried.
    case window
    case decoding
    /// Holding a compressed body until it is whole.
    case compressed
  }

  private static let headSize = 1024
  private static let windowSize = 4096
  private static let compressedLimit = 32 << 20

  init(contentType: String?) { self.contentType = contentType }

  /// Takes the next bytes and hands on what can be decoded.
  func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    switch stage {
    case .head:
      // The first piece is nearly always large enough to be decoded where it lies.
      if held.isEmpty, bytes.count >= Self.headSize {
        return decodeFromHead(bytes, isLast: isLast, into: sink)
      }
      held.append(contentsOf: bytes)
      guard held.count >= Self.headSize || isLast else { return }
      let head = held
      held.removeAll()
      head.withUnsafeBufferPointer { decodeFromHead($0, isLast: isLast, into: sink) }
    case .ascii:
      let split = bytes.firstIndex { $0 >= 0x80 } ?? bytes.count
      cleaner.clean(
        UnsafeBufferPointer(rebasing: bytes[..<split]), isLast: isLast && split == bytes.count, into: sink)
      guard split < bytes.count else { return }
      stage = .window
      decode(UnsafeBufferPointer(rebasing: bytes[split...]), isLast: isLast, into: sink)
    case .window:
      held.append(contentsOf: bytes)
      guard held.count >= Self.windowSize || isLast else { return }
      let window = held
      held.removeAll()
      settle(window.prefix(Self.windowSize))
      window.withUnsafeBufferPointer { decode($0, isLast: isLast, into: sink) }
    case .decoding:
      pass(bytes, isLast: isLast, into: sink)
    case .compressed:
      if held.count < Self.compressedLimit { held.append(contentsOf: bytes) }
      if isLast { decompress(into: sink) }
    }
  }

  /// Decides what the charset is, and decodes from the first byte behind the byte order mark.
  private func decodeFromHead(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let skip = readHead(Array(bytes.prefix(Self.headSize)))
    decode(UnsafeBufferPointer(rebasing: bytes.dropFirst(skip)), isLast: isLast, into: sink)
  }

  /// Decodes what was compressed, though no header said so, up to 64 MiB.
  private func decompress(into sink: (UnsafeBufferPointer<UInt8>) -> Void) {
    let plain = Inflate.gunzip(held, limit: 64 << 20)
    held = []
    oddities.append("the body was compressed (gzip) without a Content-Encoding")
    // Compressed twice is a game nobody has to win.
    guard !plain.starts(with: [0x1F, 0x8B]) else { return }
    let decoder = DocumentDecoder(contentType: contentType)
    plain.withUnsafeBufferPointer { decoder.decode($0, isLast: true, into: sink) }
    oddities += decoder.oddities + decoder.repairs
  }

  /// Whether bytes were repaired, for one warning at the end.
  var repairs: [String] {
    var found: [String] = []
    if cleaner.foundInvalid { found.append("bytes that are not UTF-8 were read as windows-1252") }
    if iconv?.foundInvalid == true { found.append("bytes that the charset does not have were replaced") }
    if cleaner.foundControl { found.append("control characters were removed") }
    return found
  }

  private func pass(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    if let iconv {
      // The cleaner is taken out while it runs, so that it is not accessed twice.
      var cleaner = self.cleaner
      let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      iconv.convert(bytes, isLast: isLast) { cleaner.clean($0, isLast: false, into: sink) }
      if isLast { cleaner.clean(nothing, isLast: true, into: sink) }
      self.cleaner = cleaner
    } else if isSingleByte {
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count + bytes.count / 4)
      for byte in bytes {
        if byte < 0x80 { text.append(byte) } else { text.append(scalar: Windows1252.scalar(byte) ?? 0xFFFD) }
      }
      text.withUnsafeBufferPointer { cleaner.clean($0, isLast: isLast, into: sink) }
    } else {
      cleaner.clean(bytes, isLast: isLast, into: sink)
    }
  }
}

extension DocumentDecoder {
  /// Decides from the first bytes; returns how many of them are a byte order mark.
  private func readHead(_ head: [UInt8]) -> Int {
    stage = .decoding
    if head.starts(with: [0x1F, 0x8B, 0x08]) {
      stage = .compressed
      return 0
    }
    if let mark = Self.mark(head) {
      use(mark.encoding)
      return mark.length
    }
    if let pattern = Self.pattern(head) {
      use(pattern)
      return 0
    }
    let http = contentType.flatMap(Self.charset(ofContentType:))
    let document = Self.declaredCharset(head)
    declared.http = encoding(label: http, from: "Content-Type")
    declared.document = encoding(label: document, from: "XML declaration")
    let first = declared.http ?? declared.document ?? .utf8
    if let other = declared.document, other != first, other == .utf8 || first == .utf8 {
      stage = .ascii
    } else {
      use(first)
    }
    return 0
  }

  private func encoding(label: String?, from place: String) -> CharacterEncoding? {
    guard let label else { return nil }
    guard let found = CharacterEncoding(label: label) else {
      oddities.append("unknown charset in the \(place): \(label.prefix(40))")
      return nil
    }
    if !found.holdsASCII {
      oddities.append("the \(place) says \(label.prefix(40)), but the bytes are ASCII-based")
      return nil
    }
    return found
  }

  /// Chooses between two charsets, one of them UTF-8, by what the window holds.
  private func settle(_ window: ArraySlice<UInt8>) {
    stage = .decoding
    let other = declared.http == .utf8 ? declared.document : declared.http
    if Self.isUTF8(window) {
      use(.utf8)
    } else if let other {
      use(other)
    }
    oddities.append("Content-Type and XML declaration name different charsets")
  }

  private func use(_ encoding: CharacterEncoding) {
    switch encoding {
    case .utf8: break
    case .windows1252: isSingleByte = true
    case .iconv(let name): iconv = Iconv(charset: name)
    }
  }

  private static func mark(_ b: [UInt8]) -> (encoding: CharacterEncoding, length: Int)? {
    if b.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if b.starts(with: [0x00, 0x00, 0xFE, 0xFF]) { return (.iconv("UTF-32BE"), 4) }
    if b.starts(with: [0xFF, 0xFE, 0x00, 0x00]) { return (.iconv("UTF-32LE"), 4) }
    if b.starts(with: [0xFE, 0xFF]) { return (.iconv("UTF-16BE"), 2) }
    if b.starts(with: [0xFF, 0xFE]) { return (.iconv("UTF-16LE"), 2) }
    return nil
  }

  /// Encodings that show without a mark (XML 1.0 appendix F): how ASCII characters are padded, and EBCDIC.
  private static func pattern(_ b: [UInt8]) -> CharacterEncoding? {
    guard b.count >= 4 else { return nil }
    let zero = b.prefix(4).map { $0 == 0 }
    switch (zero[0], zero[1], zero[2], zero[3]) {
    case (true, true, true, false): return .iconv("UTF-32BE")
    case (false, true, true, true): return .iconv("UTF-32LE")
    case (true, false, true, false): return .iconv("UTF-16BE")
    case (false, true, false, true): return .iconv("UTF-16LE")
    default: break
    }
    guard b.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) else { return nil }
    // The declaration itself is in the characters that all EBCDIC pages share.
    var text: [UInt8] = []
    b.prefix(400).withUnsafeBufferPointer { head in
      Iconv(charset: "IBM037")?.convert(head, isLast: false) { text.append(contentsOf: $0) }
    }
    guard let label = declaredCharset(text), case .iconv(let name)? = CharacterEncoding(label: label) else {
      return .iconv("IBM037")
    }
    return .iconv(name)
  }

  /// `encoding` of the XML declaration, which may stand after white space or junk.
  static func declaredCharset(_ head: [UInt8]) -> String? {
    let head = head.prefix(headSize)
    guard let start = head.firstRange(ofASCII: "<?xml"),
      let end = head[start.upperBound...].firstRange(ofASCII: "?>")
    else { return nil }
    return parameter("encoding", in: head[start.upperBound..<end.lowerBound])
  }

  /// `charset` of a Content-Type.
  static func charset(ofContentType type: String) -> String? {
    let bytes = Array(type.utf8)
    guard let semicolon = bytes.firstIndex(of: 0x3B) else { return nil }
    return parameter("charset", in: bytes[semicolon...])
  }

  private static func parameter(_ name: StaticString, in text: ArraySlice<UInt8>) -> String? {
    guard let found = text.firstRange(ofASCII: name) else { return nil }
    var rest = text[found.upperBound...].drop(while: \.isXMLSpace)
    guard rest.first == 0x3D else { return nil }
    rest = rest.dropFirst().drop(while: \.isXMLSpace)
    let quote = rest.first.flatMap { $0 == 0x22 || $0 == 0x27 ? $0 : nil }
    if quote != nil { rest = rest.dropFirst() }
    let value = rest.prefix { byte in quote.map { $0 != byte } ?? (byte != 0x3B && !byte.isXMLSpace) }
    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
  }

  private static func isUTF8(_ window: ArraySlice<UInt8>) -> Bool {
    var bytes = window
    // A sequence that the window cuts is no evidence against.
    for _ in 0..<3 {
      guard let last = bytes.last, last >= 0x80 else { break }
      bytes.removeLast()
      if last >= 0xC0 { break }
    }
    return String(validating: bytes, as: UTF8.self) != nil
  }
}

extension ArraySlice<UInt8> {
  /// Where a text in ASCII lower case first stands, whatever its case here.
  fileprivate func firstRange(ofASCII text: StaticString) -> Range<Int>? {
    let needle = text.utf8
    var at = startIndex
    while at + needle.count <= endIndex {
      var index = 0
      while index < needle.count, self[at + index].asciiLower == needle[index] { index += 1 }
      if index == needle.count { return at..<(at + index) }
      at += 1
    }
    return nil
  }
}

extension String {
  /// Where an ASCII text first stands at or after an index.
  func range(ofASCII text: String, from: String.Index? = nil) -> Range<String.Index>? {
    let needle = Array(text.utf8)
    var at = from ?? startIndex
    while at < endIndex {
      if utf8[at...].starts(with: needle) {
        return at..<utf8.index(at, offsetBy: needle.count)
      }
      at = utf8.index(after: at)
    }
    return nil
  }
}
