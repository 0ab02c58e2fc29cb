/// The named character references of HTML, `&eacute;` and the like.
///
/// They are looked up in their sorted text, so that no program has to build a table of them first.
public enum NamedReference {
  /// Appends the UTF-8 that a name (without `&` and `;`) stands for; false where HTML has no such name.
  public static func append(_ name: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
    guard let codes = find(name, in: NamedReferenceTable.all) else { return false }
    var code: UInt32 = 0
    for byte in codes {
      switch byte {
      case 0x2C:
        append(code, to: &out)
        code = 0
      case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
      default: code = code << 4 | UInt32(byte - 0x57)
      }
    }
    append(code, to: &out)
    return true
  }

  /// Whether a name is understood without its semicolon.
  public static func isLegacy(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    find(name, in: NamedReferenceTable.legacy) != nil
  }

  private static func append(_ code: UInt32, to out: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(code), let bytes = UTF8.encode(scalar) else { return }
    out.append(contentsOf: bytes)
  }

  /// What stands behind the colon of a name in words that are sorted; empty where it has none.
  private static func find(
    _ name: UnsafeBufferPointer<UInt8>, in table: StaticString
  ) -> Slice<UnsafeBufferPointer<UInt8>>? {
    let text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    var low = 0
    var high = text.count
    while low < high {
      var start = (low + high) / 2
      while start > low, text[start - 1] != 0x20 { start -= 1 }
      var at = start
      var index = 0
      while at < high, text[at] > 0x20, text[at] != 0x3A, index < name.count, text[at] == name[index] {
        at += 1
        index += 1
      }
      // The word ends where the name does, or one of them has the lesser byte here.
      let word: UInt8 = at < high && text[at] > 0x20 && text[at] != 0x3A ? text[at] : 0
      let wanted: UInt8 = index < name.count ? name[index] : 0
      var end = at
      while end < high, text[end] > 0x20 { end += 1 }
      if word == 0, wanted == 0 { return text[min(at + 1, end)..<end] }
      if wanted < word { high = start } else { low = end + 1 }
    }
    return nil
  }
}
