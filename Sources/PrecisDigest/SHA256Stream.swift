import CCrypto

/// SHA-256 of bytes that come in pieces (FIPS 180-4).
public struct SHA256Stream: ~Copyable {
  /// nil until something is taken in: most polls bring no bytes.
  private var context: OpaquePointer?

  /// The digest of nothing yet.
  public init() {}

  deinit { EVP_MD_CTX_free(context) }

  /// Takes in the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    begin()
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The 32 bytes of the digest; nothing may be taken in after it.
  public mutating func finish() -> [UInt8] {
    begin()
    var length: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
      count = Int(length)
    }
  }

  private mutating func begin() {
    guard context == nil else { return }
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, SHA256.algorithm, nil)
  }
}
