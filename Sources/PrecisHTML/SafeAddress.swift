import PrecisURL

/// Addresses in attributes: resolved, and of a scheme that does no harm.
struct SafeAddress {
  /// What an address is for.
  enum Use {
    case link, media, image
  }

  /// Bytes of the longest image that may stand in the address itself.
  private static let dataLimit = 64 << 10
  private let base: WebURL?

  init(base: WebURL?) { self.base = base }

  /// The address as it may be written, not yet escaped; nil where it is dropped.
  func address(_ raw: [UInt8], for use: Use) -> [UInt8]? {
    var bytes = raw[...]
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    guard !bytes.isEmpty else { return nil }
    if isPlainWeb(bytes) { return Array(bytes) }
    if use == .image, let data = imageData(bytes) { return data }
    guard bytes.count <= WebURL.lengthLimit,
      let url = WebURL(String(decoding: bytes, as: UTF8.self), base: base)
    else { return nil }
    switch url.scheme {
    case "http", "https": return url.isWeb ? Array(url.text.utf8) : nil
    case "mailto", "tel": return use == .link ? Array(url.text.utf8) : nil
    default: return nil
    }
  }

  /// Whether it is an absolute web address without anything that would have to be changed: most are.
  private func isPlainWeb(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start: Int
    if bytes.starts(with: "https://".utf8) {
      start = 8
    } else if bytes.starts(with: "http://".utf8) {
      start = 7
    } else {
      return false
    }
    guard bytes.count <= WebURL.lengthLimit else { return false }
    let rest = bytes.dropFirst(start)
    var isHost = true
    for byte in rest {
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E: continue
      case 0x2F, 0x3F, 0x23: if isHost, byte != 0x2F { return false } else { isHost = false }
      case 0x41...0x5A, 0x5F, 0x7E, 0x25, 0x26, 0x3D, 0x2B, 0x2C, 0x3B, 0x21, 0x24, 0x28, 0x29, 0x2A, 0x3A,
        0x40:
        if isHost { return false }
      default: return false
      }
    }
    // A bare host gets its slash from WebURL; dot segments and hosts of digits alone are its business, too.
    guard !isHost, let first = rest.first, 0x61...0x7A ~= first else { return false }
    var previous: UInt8 = 0
    for byte in rest {
      if byte == 0x2E, previous == 0x2F { return false }
      previous = byte
    }
    return true
  }

  /// A small image that is written into its own address; formats that cannot hold scripts.
  private func imageData(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    guard bytes.count <= Self.dataLimit, bytes.count > 16,
      bytes.prefix(5).elementsEqual("data:".utf8)
    else { return nil }
    for kind in ["image/png;base64,", "image/gif;base64,", "image/jpeg;base64,", "image/webp;base64,"]
    where bytes.dropFirst(5).starts(with: kind.utf8) {
      let body = bytes.dropFirst(5 + kind.utf8.count)
      let isBase64 = body.allSatisfy {
        0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D
      }
      return isBase64 && body.count > 64 ? Array(bytes) : nil
    }
    return nil
  }

  /// A `srcset` with each address resolved: the whole, and its largest image.
  func imageSet(_ raw: [UInt8]) -> (text: [UInt8], largest: [UInt8])? {
    var parts: [[UInt8]] = []
    var largest: (size: Double, url: [UInt8])?
    // Addresses in a set may hold commas; a comma before white space, or after a descriptor, parts candidates.
    for candidate in Self.candidates(raw).prefix(16) {
      guard let url = address(candidate.url, for: .media) else { continue }
      let descriptor = String(decoding: candidate.descriptor, as: UTF8.self)
      guard let size = descriptor.isEmpty ? 1 : Double(descriptor.dropLast()), size.isFinite else { continue }
      parts.append(url + (descriptor.isEmpty ? [] : [0x20] + candidate.descriptor))
      if size > largest?.size ?? -1 { largest = (size, url) }
    }
    guard let largest else { return nil }
    return (Array(parts.joined(separator: [0x2C, 0x20])), largest.url)
  }

  private static func candidates(_ raw: [UInt8]) -> [(url: [UInt8], descriptor: [UInt8])] {
    var out: [(url: [UInt8], descriptor: [UInt8])] = []
    var at = 0
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    while at < raw.count, out.count < 32 {
      while at < raw.count, isSpace(raw[at]) || raw[at] == 0x2C { at += 1 }
      let start = at
      while at < raw.count, !isSpace(raw[at]) { at += 1 }
      var url = Array(raw[start..<at])
      var descriptor: [UInt8] = []
      if url.last == 0x2C {
        while url.last == 0x2C { url.removeLast() }
      } else {
        while at < raw.count, raw[at] != 0x2C {
          if !isSpace(raw[at]) { descriptor.append(raw[at]) }
          at += 1
        }
      }
      if !url.isEmpty { out.append((url, descriptor)) }
    }
    return out
  }
}
