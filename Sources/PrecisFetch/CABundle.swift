import Glibc

/// Where the certificates of the trusted authorities are.
enum CABundle {
  /// Debian's and its kin's, Red Hat's, Alpine's.
  private static let places = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
  ]

  /// The system's bundle; nil where it is in none of the usual places: libcurl's own default is used then.
  static func ofSystem() -> String? { places.first { access($0, R_OK) == 0 } }

  static func check(_ path: String) throws(FetcherError) {
    guard access(path, R_OK) == 0 else { throw .unreadableCABundle(path, errno: errno) }
  }
}
