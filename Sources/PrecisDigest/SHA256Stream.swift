import CCrypto

/// SHA-256 of bytes that come in pieces (FIPS 180-4).
public struct SHA256Stream: ~Copyable {
  private var state = SHA256_CTX()

  /// The digest of nothing yet.
  public init() { SHA256_Init(&state) }

  /// Takes in the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  /// The 32 bytes of the digest; nothing may be taken in after it.
  public mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      SHA256_Final(buffer.baseAddress, &state)
      count = 32
    }
  }
}
