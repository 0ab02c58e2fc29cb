import Glibc

/// Why an index file was not read or written.
public enum NearDuplicateFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// The file is of another version, cut short or damaged: rebuild it from the store.
  case unreadable(path: String)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .system(let call, let path, let code):
      "\(call) failed for \(path): \(String(cString: strerror(code)))"
    case .unreadable(let path):
      "\(path) is no near-duplicate index of this version, or is damaged; it is rebuilt"
    }
  }
}

extension NearDuplicateIndex {
  /// The index in a file, mapped rather than read: its pages are the system's to drop.
  ///
  /// - Throws: `NearDuplicateFileError.unreadable` where the version or the checksum is wrong, `.system` otherwise.
  public convenience init(path: String) throws(NearDuplicateFileError) {
    guard let bytes = SegmentBytes(path: path) else {
      let code = errno
      // An empty file is no error of the system's.
      if access(path, R_OK) == 0 { throw .unreadable(path: path) }
      throw .system(call: "open", path: path, errno: code)
    }
    guard let segment = SketchSegment(bytes, verifying: true) else { throw .unreadable(path: path) }
    bytes.release()
    self.init(segment: segment)
  }

  /// Writes the index to a file in one piece: a temporary file beside it, flushed, then renamed over it.
  ///
  /// The bytes depend on the articles alone. The index then goes on with the file mapped, and gives its memory back.
  ///
  /// - Throws: `NearDuplicateFileError.system`; the old file is untouched then.
  public func save(to path: String) throws(NearDuplicateFileError) {
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(call: "open", path: temporary, errno: errno) }
    do throws(NearDuplicateFileError) {
      defer { close(file) }
      try writer.write { (piece: UnsafeRawBufferPointer) throws(NearDuplicateFileError) in
        var from = 0
        while from < piece.count {
          let written = write(file, piece.baseAddress.map { $0 + from }, piece.count - from)
          if written < 0, errno == EINTR { continue }
          guard written > 0 else { throw .system(call: "write", path: temporary, errno: errno) }
          from += written
        }
      }
      guard fdatasync(file) == 0 else { throw .system(call: "fdatasync", path: temporary, errno: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw .system(call: "rename", path: path, errno: code)
    }
    // Not mapped: the index goes on as it is, in memory.
    guard let bytes = SegmentBytes(path: path), let segment = SketchSegment(bytes, verifying: false) else {
      return
    }
    replaceAll(with: segment)
  }
}
