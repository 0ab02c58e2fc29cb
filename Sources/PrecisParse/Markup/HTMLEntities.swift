/// Named character references that XML does not have, and that publishers use in it all the same.
enum HTMLEntities {
  /// The UTF-8 form of a name (without `&` and `;`); nil where HTML has no such name.
  static func bytes(of name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard 2...32 ~= name.count else { return nil }
    return table[String(decoding: name, as: UTF8.self)]
  }

  private static let table: [String: [UInt8]] = {
    var table: [String: [UInt8]] = [:]
    table.reserveCapacity(2200)
    let text = HTMLEntityTable.text
    let all = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    for word in all.split(separator: 0x20) {
      let parts = word.split(separator: 0x3A)
      guard parts.count == 2 else { continue }
      var value: [UInt8] = []
      for code in parts[1].split(separator: 0x2B) {
        value.append(scalar: UInt32(String(decoding: code, as: UTF8.self), radix: 16) ?? 0xFFFD)
      }
      table[String(decoding: parts[0], as: UTF8.self)] = value
    }
    return table
  }()
}
