import CStoreShims

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of every line and of the manifest.
public enum CRC32C {
  /// The checksum of `bytes`.
  public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 { checksum(bytes, after: 0) }

  /// The checksum of what has the checksum `first`, and `bytes` after it.
  static func checksum(_ bytes: UnsafeRawBufferPointer, after first: UInt32) -> UInt32 {
    precis_crc32c(first, bytes.baseAddress, bytes.count)
  }

  /// What must be known of some bytes to have the checksum of others with these behind them.
  struct Part: Sendable {
    private let checksum: UInt32
    private let shift: UInt32

    /// Of at most as many bytes as a line may have.
    init(_ bytes: UnsafeRawBufferPointer) {
      checksum = CRC32C.checksum(bytes)
      shift = precis_crc32c_shift(bytes.count)
    }

    /// The checksum of what has the checksum `first`, and these bytes after it.
    func checksum(after first: UInt32) -> UInt32 { precis_crc32c_join(first, shift, checksum) }
  }
}
