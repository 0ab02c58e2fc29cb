/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes at a step; the checksum of every line and segment.
public struct CRC32C: Sendable, Equatable {
  private var register: UInt32

  /// The checksum of no bytes yet.
  public init() { register = 0xFFFF_FFFF }

  /// A checksum that goes on from the `value` of the bytes so far.
  public init(resuming value: UInt32) { register = ~value }

  /// The checksum of the bytes so far.
  public var value: UInt32 { ~register }

  /// The checksum of `bytes`.
  public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.value
  }

  /// Adds `bytes`.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    let table = Self.table.base
    var crc = register
    var at = 0
    let count = bytes.count
    while at &+ 8 <= count {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let low = UInt32(truncatingIfNeeded: word) ^ crc
      let high = UInt32(truncatingIfNeeded: word >> 32)
      crc =
        table[1792 &+ Int(low & 255)] ^ table[1536 &+ Int(low >> 8 & 255)]
        ^ table[1280 &+ Int(low >> 16 & 255)] ^ table[1024 &+ Int(low >> 24)]
        ^ table[768 &+ Int(high & 255)] ^ table[512 &+ Int(high >> 8 & 255)]
        ^ table[256 &+ Int(high >> 16 & 255)] ^ table[Int(high >> 24)]
      at &+= 8
    }
    while at < count {
      crc = crc >> 8 ^ table[Int((crc ^ UInt32(base.load(fromByteOffset: at, as: UInt8.self))) & 255)]
      at &+= 1
    }
    register = crc
  }

  /// Eight tables of 256 remainders: table `n` is that of a byte followed by `n` zero bytes.
  private struct Table: @unchecked Sendable {
    // Sendable because the memory is written once, before anyone else can see it, and never freed.
    let base: UnsafePointer<UInt32>

    init() {
      let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 2048)
      for byte in 0..<256 {
        var crc = UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
        table[byte] = crc
      }
      for index in 256..<2048 {
        let previous = table[index - 256]
        table[index] = previous >> 8 ^ table[Int(previous & 255)]
      }
      base = UnsafePointer(table)
    }
  }

  private static let table = Table()
}
