import CCrypto
import Glibc

/// SHA-256 (FIPS 180-4), computed by libcrypto.
public enum SHA256 {
  /// The algorithm, looked up once: `EVP_sha256()` makes OpenSSL 3 look it up, under locks, at each digest. It is a
  /// pointer to what never changes.
  nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil) ?? EVP_sha256()

  /// Each thread's context, which is begun anew for each digest: making one costs as much as hashing a short text.
  private static let contexts: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { context in EVP_MD_CTX_free(context.map { OpaquePointer($0) }) }
    return key
  }()

  private static var context: OpaquePointer? {
    if let known = pthread_getspecific(contexts) { return OpaquePointer(known) }
    let made = EVP_MD_CTX_new()
    EVP_DigestInit_ex(made, algorithm, nil)
    pthread_setspecific(contexts, made.map { UnsafeRawPointer($0) })
    return made
  }

  /// Writes the 32 bytes of a digest.
  private static func digest(_ bytes: UnsafeRawBufferPointer, to out: UnsafeMutablePointer<UInt8>?) {
    guard let context = context else {
      EVP_Digest(bytes.baseAddress, bytes.count, out, nil, algorithm, nil)
      return
    }
    // Without an algorithm the one that it has is begun anew.
    EVP_DigestInit_ex(context, nil, nil)
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    EVP_DigestFinal_ex(context, out, nil)
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
