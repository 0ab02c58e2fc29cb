extension Sketch {
  /// The sketch as bytes: word count and fingerprint, the two lengths, then the hashes, little-endian.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { out, count in
      let raw = UnsafeMutableRawBufferPointer(out)
      raw.storeBytes(of: UInt32(truncatingIfNeeded: wordCount).littleEndian, as: UInt32.self)
      raw.storeBytes(of: fingerprint.littleEndian, toByteOffset: 4, as: UInt64.self)
      raw[12] = UInt8(truncatingIfNeeded: lead.count)
      raw[13] = UInt8(truncatingIfNeeded: body.count)
      count = Self.headerLength
      for hashes in [lead, body] {
        for hash in hashes {
          raw.storeBytes(of: hash.littleEndian, toByteOffset: count, as: UInt32.self)
          count += 4
        }
      }
    }
  }

  static let headerLength = 14

  /// A sketch from the bytes that `bytes` gave; nil where they are no such bytes.
  public init?(bytes: [UInt8]) {
    guard let sketch = bytes.withUnsafeBytes({ Sketch(raw: $0) }), sketch.byteCount == bytes.count else {
      return nil
    }
    self = sketch
  }

  /// The length of `bytes`.
  var byteCount: Int { Self.headerLength + 4 * (lead.count + body.count) }

  /// A sketch from the start of a buffer that may hold more after it.
  init?(raw: UnsafeRawBufferPointer) {
    guard raw.count >= Self.headerLength else { return nil }
    func number(_ at: Int, _ count: Int) -> UInt64 {
      (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(raw[at + $1]) }
    }
    let leadCount = Int(raw[12])
    let bodyCount = Int(raw[13])
    guard bodyCount <= Self.bodyLimit, leadCount <= Self.leadWords,
      raw.count >= Self.headerLength + 4 * (leadCount + bodyCount)
    else { return nil }
    func hashes(_ from: Int, _ count: Int) -> [UInt32] {
      [UInt32](unsafeUninitializedCapacity: count) { out, initialized in
        for at in 0..<count {
          let word = raw.loadUnaligned(fromByteOffset: from + 4 * at, as: UInt32.self)
          out[at] = UInt32(littleEndian: word)
        }
        initialized = count
      }
    }
    let lead = hashes(Self.headerLength, leadCount)
    let body = hashes(Self.headerLength + 4 * leadCount, bodyCount)
    guard Self.ascends(lead), Self.ascends(body) else { return nil }
    self.init(wordCount: Int(number(0, 4)), fingerprint: number(4, 8), lead: lead, body: body)
  }

  private static func ascends(_ hashes: [UInt32]) -> Bool {
    for at in hashes.indices.dropFirst() where hashes[at] <= hashes[at - 1] { return false }
    return true
  }
}
