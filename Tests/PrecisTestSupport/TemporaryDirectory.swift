import Glibc

/// A directory that is removed with all in it when the test lets it go.
public final class TemporaryDirectory: Sendable {
  /// Its path, without a slash at the end.
  public let path: String

  /// A new, empty directory.
  ///
  /// - Throws: `SystemCallFailed` where none can be made.
  public init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/precis-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallFailed("mkdtemp \(base)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// The path of something in it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path; directories of the name are made.
  ///
  /// - Throws: `SystemCallFailed` where it cannot be written.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    let parts = name.split(separator: "/").dropLast()
    var directory = path
    for part in parts {
      directory += "/\(part)"
      mkdir(directory, 0o755)
    }
    let target = file(name)
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemCallFailed("open \(target)") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw SystemCallFailed("write \(target)")
    }
    return target
  }

  /// The bytes of a file; nil where it cannot be read.
  public func read(_ name: String) -> [UInt8]? { readFile(file(name)) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    if let directory = opendir(path) {
      var names: [String] = []
      while let entry = readdir(directory) {
        names.append(
          withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          })
      }
      closedir(directory)
      for name in names where name != "." && name != ".." { remove("\(path)/\(name)") }
    }
    rmdir(path)
  }
}

/// The bytes of a file; nil where it cannot be read.
public func readFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = Glibc.read(descriptor, &piece, piece.count)
    if count < 0 { return nil }
    if count == 0 { return bytes }
    bytes.append(contentsOf: piece[..<count])
  }
}
