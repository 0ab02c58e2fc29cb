import Glibc

/// The system's words for an error number.
enum SystemError {
  /// `No such file or directory (errno 2)`.
  static func text(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    // The XSI form fills the buffer; the GNU form may return a static text instead. Glibc's module has the XSI one.
    guard strerror_r(number, &buffer, buffer.count) == 0 else { return "errno \(number)" }
    let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return "\(String(decoding: text, as: UTF8.self)) (errno \(number))"
  }
}
