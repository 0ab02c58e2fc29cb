import Glibc

/// index/durable: the last sequence number that is on the disk, for followers, who must not show what a power cut
/// could still take back. One fixed-size line, overwritten after every commit.
struct DurableMark {
  static let name = "index/durable"

  /// The line as it was last made: only digits of it change.
  private var bytes: [UInt8]
  private static let sequenceDigits = 8..<26
  private static let bootDigits = 36..<68
  /// Bytes that the checksum is of.
  private static let body = 69
  private static let checksumDigits = 77..<85
  private static let size = 88

  /// The mark of a run of the machine.
  init(boot: BootIdentity) {
    bytes = Array("{\"seq\":\"000000000000000000\",\"boot\":\"".utf8)
    bytes.appendHexadecimal(boot.high, digits: 16)
    bytes.appendHexadecimal(boot.low, digits: 16)
    bytes.append(contentsOf: "\",\"crc\":\"00000000\"}\n".utf8)
  }

  /// The line for a sequence number.
  mutating func line(_ sequence: Int64) -> [UInt8] {
    var rest = sequence
    for index in Self.sequenceDigits.reversed() {
      bytes[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    var checksum = bytes.withUnsafeBytes { CRC32C.checksum($0.part(0..<Self.body)) }
    for index in Self.checksumDigits.reversed() {
      let digit = UInt8(truncatingIfNeeded: checksum & 15)
      bytes[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      checksum >>= 4
    }
    return bytes
  }

  /// The last durable sequence number; nil where no writer of this run of the machine has told it.
  static func read(_ directory: StoreDirectory, boot: BootIdentity) -> Int64? {
    guard let file = try? directory.open(name, .read) else { return nil }
    // A writer may be overwriting the line: its checksum tells, and the next look finds it whole.
    for _ in 0..<16 {
      guard let bytes = try? file.read(count: 128, at: 0) else { return nil }
      let found: Int64?? = bytes.withUnsafeBytes { bytes in
        guard bytes.count == size,
          let written = bytes.hexadecimal(at: checksumDigits.lowerBound, digits: 8),
          UInt64(CRC32C.checksum(bytes.part(0..<body))) == written,
          let sequence = bytes.decimal(at: sequenceDigits.lowerBound)?.value
        else { return nil }
        let isOurs =
          bytes.hexadecimal(at: bootDigits.lowerBound, digits: 16) == boot.high
          && bytes.hexadecimal(at: bootDigits.lowerBound + 16, digits: 16) == boot.low
        return .some(isOurs && boot.isKnown ? sequence : nil)
      }
      if let found { return found }
    }
    return nil
  }
}
