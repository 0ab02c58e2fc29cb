/// The envelope of every line of the store: `{"seq":N,…,"crc":"xxxxxxxx"}` and a line feed.
///
/// `crc` is the CRC-32C, as eight lower-case hexadecimal digits, of the bytes of the line before `,"crc"`.
enum StoreLine {
  /// Bytes of `,"crc":"xxxxxxxx"}`.
  static let trailerLength = 18
  /// The longest line that is written or read, in bytes: an article of this size is refused.
  static let lengthLimit = 64 << 20

  /// Seals the object that was appended to `buffer` from `start` on without its closing brace.
  static func seal(_ buffer: inout [UInt8], from start: Int) {
    let checksum = buffer.withUnsafeBytes { CRC32C.checksum($0.part(start..<$0.count)) }
    withUnsafeTemporaryAllocation(byteCount: trailerLength + 1, alignment: 8) { bytes in
      var trailer = ByteCursor(bytes)
      seal(&trailer, checksum: checksum)
      buffer.append(contentsOf: trailer.written)
    }
  }

  /// Seals the object whose end was written to `line`, and what is before that has the checksum `first`.
  static func seal(_ line: inout ByteCursor, after first: UInt32) {
    seal(&line, checksum: CRC32C.checksum(line.written, after: first))
  }

  private static func seal(_ line: inout ByteCursor, checksum: UInt32) {
    line.put(",\"crc\":\"")
    line.putHexadecimal(UInt64(checksum), digits: 8)
    line.put("\"}\n")
  }

  /// What is wrong with a line, its line feed left out; nil where it is whole and true.
  static func fault(_ line: UnsafeRawBufferPointer) -> String? {
    let body = line.count - trailerLength
    guard body > 8, line.has("{\"seq\":", at: 0) else { return "it is no line of a store" }
    guard line.has(",\"crc\":\"", at: body), line.has("\"}", at: line.count - 2),
      let written = line.hexadecimal(at: body + 8, digits: 8)
    else { return "it does not end in a checksum" }
    let checksum = CRC32C.checksum(line.part(0..<body))
    guard UInt64(checksum) == written else { return "its checksum does not fit its bytes" }
    return nil
  }

  /// The `seq` of a line; nil where it has none.
  static func sequence(_ line: UnsafeRawBufferPointer) -> Int64? {
    guard line.has("{\"seq\":", at: 0) else { return nil }
    return line.decimal(at: 7)?.value
  }
}
