import CCurl
import CCurlShims

/// Words for why a connection could not be secured.
enum TLSReason {
  static func words(_ handle: EasyHandle) -> String {
    // OpenSSL's X509_V_ERR_ numbers.
    switch precis_get_long(handle.easy, CURLINFO_SSL_VERIFYRESULT) {
    case 9: return "its certificate is not valid yet; check this machine's clock"
    case 10: return "its certificate has expired"
    case 18: return "its certificate is self-signed"
    case 19, 20, 21: return "its certificate is signed by an authority that is not trusted here"
    case 23: return "its certificate was revoked"
    case 62: return "its certificate is for another name"
    default: break
    }
    let words = handle.errorMessage
    if words.contains("no alternative certificate subject name")
      || words.contains("does not match target host")
    {
      return "its certificate is for another name"
    }
    return words.isEmpty ? "the handshake failed" : words
  }
}
