import CStoreShims

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of every line and of the manifest.
public enum CRC32C {
  /// The checksum of `bytes`.
  public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    precis_crc32c(0, bytes.baseAddress, bytes.count)
  }
}
