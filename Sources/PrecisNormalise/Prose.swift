/// Cuts running text to size.
enum Prose {
  /// The text on one line, white space folded; longer ones are cut at a word and end in an ellipsis.
  static func oneLine(_ text: String, characters limit: Int) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var out: [UInt8] = []
      var count = 0
      var lastSpace = 0
      var isAfterSpace = true
      for byte in bytes {
        // U+00A0 and other wide spaces were written on purpose and stay.
        if byte == 0x20 || 0x09...0x0D ~= byte {
          if !isAfterSpace {
            lastSpace = out.count
            out.append(0x20)
            count += 1
          }
          isAfterSpace = true
          continue
        }
        if byte & 0xC0 != 0x80 {
          count += 1
          if count > limit { return cut(out, at: lastSpace) }
        }
        out.append(byte)
        isAfterSpace = false
      }
      if out.last == 0x20 { out.removeLast() }
      return String(decoding: out, as: UTF8.self)
    }
  }

  /// Up to the last space, or all of it where there is none: scripts without spaces.
  private static func cut(_ bytes: [UInt8], at space: Int) -> String {
    String(decoding: space > 0 ? bytes[..<space] : bytes[...], as: UTF8.self) + "…"
  }
}
