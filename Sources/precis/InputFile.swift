import Glibc

/// A file named on the command line; `-` is standard input.
enum InputFile {
  /// Bytes of one piece.
  static let pieceSize = 64 << 10

  /// Hands on the file piece by piece.
  ///
  /// - Throws: `Failure` of `.noInput` where it cannot be opened, `.inputOutput` where it cannot be read; what
  ///   `body` throws.
  static func read(_ path: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    try read(path, by: buffer, body)
  }

  /// As `read(_:_:)`, through a buffer that serves many files.
  static func read(
    _ path: String, by buffer: UnsafeMutableRawBufferPointer,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.noInput, "\(path): \(String(cString: strerror(errno)))")
    }
    defer { if path != "-" { close(descriptor) } }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
      }
      if count == 0 { return }
      try body(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
    }
  }

  /// The whole file, at most `limit` bytes.
  ///
  /// - Throws: as `read(_:_:)`, and `Failure` of `.data` where it is larger.
  static func bytes(_ path: String, limit: Int = 256 << 20) throws -> [UInt8] {
    var all: [UInt8] = []
    try read(path) { piece in
      guard all.count + piece.count <= limit else {
        throw Failure(.data, "\(path): larger than \(limit >> 20) MiB")
      }
      all.append(contentsOf: piece)
    }
    return all
  }
}
