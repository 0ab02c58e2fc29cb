import Glibc

/// What the program writes: results to standard output, all else to standard error.
struct Terminal: Sendable {
  /// Whether standard output is a terminal that takes colours (no-color.org).
  let isColoured: Bool
  /// Whether standard error is a terminal, where a progress bar may be drawn.
  let isInteractive: Bool
  /// Whether only errors are told.
  let isQuiet: Bool

  init(isQuiet: Bool, environment: [String: String]) {
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    isColoured = isatty(STDOUT_FILENO) == 1 && !isPlain
    isInteractive = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    self.isQuiet = isQuiet
  }

  /// The columns of the terminal on standard output; nil where it is none.
  static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes a result.
  func out(_ text: String) throws { try out(Array(text.utf8)) }

  /// Writes a result.
  func out(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBufferPointer { try Self.write($0, to: STDOUT_FILENO) }
  }

  /// Tells a person something, unless quiet.
  func note(_ text: String) {
    guard !isQuiet else { return }
    Self.complain(text)
  }

  /// Tells a person that something is wrong.
  static func complain(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    // ignored: there is nowhere else to say it.
    try? bytes.withUnsafeBufferPointer { try write($0, to: STDERR_FILENO) }
  }

  /// Writes all bytes.
  ///
  /// - Throws: `Failure` of `.inputOutput`, or `BrokenPipe` where nobody reads any more.
  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) throws {
    var rest = UnsafeRawBufferPointer(bytes)[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw BrokenPipe() }
        throw Failure(.inputOutput, "cannot write: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(count)
    }
  }
}

/// The reader of standard output has gone (`precis list | head`): no error.
struct BrokenPipe: Error {}
