extension CleaningPass {
  /// The value of an attribute with its references decoded.
  mutating func attribute(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let raw = UnsafeBufferPointer(rebasing: input[range])
    guard raw.contains(0x26) else { return Array(raw) }
    value.removeAll(keepingCapacity: true)
    var at = 0
    while at < raw.count {
      if raw[at] == 0x26 {
        let length = CharacterReference.decode(raw, at: at, in: .attribute, into: &value)
        if length > 0 {
          at += length
          continue
        }
      }
      value.append(raw[at])
      at += 1
    }
    return value
  }

  mutating func writeAttributes(
    of tag: Tag, _ input: UnsafeBufferPointer<UInt8>, without left: PackedName? = nil
  ) {
    guard !attributes.all.isEmpty else { return }
    for (name, written, kind) in AttributeName.allowed(on: tag) where name != left {
      guard let range = attributes[name] else { continue }
      var bytes = attribute(input, range)
      switch kind {
      case .url:
        guard let url = address.address(bytes, for: .media) else { continue }
        bytes = url
      case .imageSet:
        guard let set = address.imageSet(bytes) else { continue }
        bytes = set.text
      case .number:
        if bytes.suffix(2).elementsEqual("px".utf8) { bytes.removeLast(2) }
        guard 1...6 ~= bytes.count, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { continue }
      case .flag: bytes = []
      case .text: guard bytes.count <= 2048 else { continue }
      }
      out.append(0x20)
      append(written)
      out.append(contentsOf: [0x3D, 0x22])
      appendEscaped(bytes)
      out.append(0x22)
    }
  }

  /// The language of a piece of code, which highlighters write as a class.
  mutating func writeLanguage(_ input: UnsafeBufferPointer<UInt8>) {
    guard let range = attributes[AttributeName.classes] else { return }
    let classes = String(decoding: attribute(input, range), as: UTF8.self)
    guard let language = classes.split(separator: " ").first(where: { $0.hasPrefix("language-") }),
      language.utf8.count <= 40,
      language.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x2D || $0 == 0x2B })
    else { return }
    out.append(contentsOf: " class=\"\(language)\"".utf8)
  }

  mutating func appendEscaped(_ bytes: [UInt8]) {
    if bytes.withUnsafeBufferPointer({ ByteScan.isPlainValue($0) }) { return out.append(contentsOf: bytes) }
    var skipsNext = false
    for (index, byte) in bytes.enumerated() {
      if skipsNext {
        skipsNext = false
        continue
      }
      switch byte {
      case 0x26: out.append(contentsOf: "&amp;".utf8)
      case 0x22: out.append(contentsOf: "&quot;".utf8)
      case 0x3C: out.append(contentsOf: "&lt;".utf8)
      case 0x3E: out.append(contentsOf: "&gt;".utf8)
      case 0x60: out.append(contentsOf: "&#96;".utf8)
      case 0..<0x20: out.append(0x20)
      case 0x7F: break
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0: skipsNext = true
      default: out.append(byte)
      }
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
