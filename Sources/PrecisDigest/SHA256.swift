import CCrypto

/// SHA-256 (FIPS 180-4), computed by libcrypto.
public enum SHA256 {
  /// Writes the 32 bytes of a digest.
  ///
  /// Not by `EVP_Digest`: of a text of one block it takes most of the time to choose, make and clear what it needs.
  private static func digest(_ bytes: UnsafeRawBufferPointer, to out: UnsafeMutablePointer<UInt8>?) {
    var state = SHA256_CTX()
    SHA256_Init(&state)
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
    SHA256_Final(out, &state)
  }

  /// The 32 bytes of the digest of `bytes`.
  public static func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { out, count in
      digest(bytes, to: out.baseAddress)
      count = 32
    }
  }

  /// The 32 bytes of the digest of `bytes`.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { digest($0) }
  }

  /// The 32 bytes of the digest of a string's UTF-8.
  public static func digest(_ string: String) -> [UInt8] {
    var string = string
    return string.withUTF8 { digest(UnsafeRawBufferPointer($0)) }
  }

  /// The digest of a string's UTF-8 as lower-case hexadecimal, cut to `length` digits (at most 64).
  public static func hex(_ string: String, length: Int = 64) -> String {
    var string = string
    return string.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { out in
        digest(UnsafeRawBufferPointer(bytes), to: out.baseAddress)
        return hex(UnsafeBufferPointer(out), length: length)
      }
    }
  }

  /// The first eight bytes of the digest of a string's UTF-8, as a number: a key for in-memory indexes.
  public static func prefix64(_ string: String) -> UInt64 {
    var string = string
    return string.withUTF8 { prefix64(UnsafeRawBufferPointer($0)) }
  }

  /// The first eight bytes of the digest of `bytes`, as a number.
  public static func prefix64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { out in
      digest(bytes, to: out.baseAddress)
      return out.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// The first twelve bytes of the digest of a string's UTF-8, as two numbers.
  public static func prefix96(_ string: String) -> (UInt64, UInt32) {
    var string = string
    return string.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { out in
        digest(UnsafeRawBufferPointer(bytes), to: out.baseAddress)
        return (
          out.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
          out[8..<12].reduce(0) { $0 << 8 | UInt32($1) }
        )
      }
    }
  }

  /// Bytes as lower-case hexadecimal, cut to `length` digits.
  public static func hex(_ digest: [UInt8], length: Int = 64) -> String {
    digest.withUnsafeBufferPointer { hex($0, length: length) }
  }

  private static func hex(_ digest: UnsafeBufferPointer<UInt8>, length: Int) -> String {
    let length = min(length, 2 * digest.count)
    return String(unsafeUninitializedCapacity: length) { out in
      for at in 0..<length {
        let digit = at & 1 == 0 ? digest[at / 2] >> 4 : digest[at / 2] & 15
        out[at] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      return length
    }
  }
}
