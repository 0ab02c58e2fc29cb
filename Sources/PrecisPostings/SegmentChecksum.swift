/// A sum over 32-byte blocks, order-sensitive, fast enough to check a file at start.
///
/// Four sums go side by side, each over every fourth word, so that none waits for its own multiplication.
struct SegmentChecksum {
  private var sums: (UInt64, UInt64, UInt64, UInt64) = (
    0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, 0x94D0_49BB_1331_11EB
  )
  private var pending: [UInt8] = []
  private static let block = 32

  /// The sum of all bytes so far, those short of a block included.
  var value: UInt64 {
    var value: UInt64 = 0
    for sum in [sums.0, sums.1, sums.2, sums.3] { value = Self.mixed(value, sum) }
    return pending.reduce(value) { Self.mixed($0, UInt64($1)) }
  }

  mutating func add(_ raw: UnsafeRawBufferPointer) {
    var at = 0
    if !pending.isEmpty {
      while pending.count < Self.block, at < raw.count {
        pending.append(raw[at])
        at += 1
      }
      guard pending.count == Self.block else { return }
      pending.withUnsafeBytes { block in mix(block, 0) }
      pending.removeAll(keepingCapacity: true)
    }
    while at + Self.block <= raw.count {
      mix(raw, at)
      at += Self.block
    }
    while at < raw.count {
      pending.append(raw[at])
      at += 1
    }
  }

  @inline(__always)
  private mutating func mix(_ raw: UnsafeRawBufferPointer, _ at: Int) {
    sums.0 = Self.mixed(sums.0, LittleEndian.u64(raw, at))
    sums.1 = Self.mixed(sums.1, LittleEndian.u64(raw, at + 8))
    sums.2 = Self.mixed(sums.2, LittleEndian.u64(raw, at + 16))
    sums.3 = Self.mixed(sums.3, LittleEndian.u64(raw, at + 24))
  }

  @inline(__always)
  private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0x9FB2_1C65_1E98_DF25
    return product ^ product >> 32
  }
}

/// Numbers as they stand in a segment, at any address.
enum LittleEndian {
  @inline(__always)
  static func u32(_ raw: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
    UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }

  @inline(__always)
  static func u64(_ raw: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }
}
