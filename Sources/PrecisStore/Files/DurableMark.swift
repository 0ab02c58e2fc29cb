import Glibc

/// index/durable: the last sequence number that is on the disk, for followers, who must not show what a power cut
/// could still take back. One fixed-size line, overwritten after every commit.
enum DurableMark {
  static let name = "index/durable"

  /// The line for a sequence number.
  static func render(_ sequence: Int64, boot: BootIdentity) -> [UInt8] {
    let digits = String(sequence)
    let padded = String(repeating: "0", count: max(0, 18 - digits.count)) + digits
    var line = Array("{\"seq\":\"\(padded)\",\"boot\":\"".utf8)
    line.appendHexadecimal(boot.high, digits: 16)
    line.appendHexadecimal(boot.low, digits: 16)
    line.append(0x22)
    let checksum = line.withUnsafeBytes { CRC32C.checksum($0) }
    line.append(contentsOf: ",\"crc\":\"".utf8)
    line.appendHexadecimal(UInt64(checksum), digits: 8)
    line.append(contentsOf: "\"}\n".utf8)
    return line
  }

  /// The last durable sequence number; nil where no writer of this run of the machine has told it.
  static func read(_ directory: StoreDirectory, boot: BootIdentity) -> Int64? {
    guard let file = try? directory.open(name, .read) else { return nil }
    // A writer may be overwriting the line: its checksum tells, and the next look finds it whole.
    for _ in 0..<16 {
      guard let bytes = try? file.read(count: 128, at: 0) else { return nil }
      let found: Int64?? = bytes.withUnsafeBytes { bytes in
        let body = bytes.count - 19
        guard body == 68, let written = bytes.hexadecimal(at: body + 8, digits: 8),
          UInt64(CRC32C.checksum(bytes.part(0..<body))) == written, let sequence = bytes.decimal(at: 8)?.value
        else { return nil }
        let isOurs =
          bytes.hexadecimal(at: 35, digits: 16) == boot.high
          && bytes.hexadecimal(at: 51, digits: 16) == boot.low
        return .some(isOurs && boot.isKnown ? sequence : nil)
      }
      if let found { return found }
    }
    return nil
  }
}
