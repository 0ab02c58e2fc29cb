import Glibc

/// An open file of the store: whole reads and writes on top of the partial ones, errors that name the file.
final class StoreFile: Sendable {
  let path: String
  let fileSystem: any FileSystem
  private let descriptor: Int32

  /// Opens `path`.
  init(_ path: String, _ access: FileAccess, _ fileSystem: any FileSystem) throws(StoreError) {
    do throws(FileFailure) { descriptor = try fileSystem.open(path, access) } catch {
      throw .failed("open", path, error.code)
    }
    self.path = path
    self.fileSystem = fileSystem
  }

  deinit { fileSystem.close(descriptor) }

  /// Writes all of `bytes`, however often the system cuts or interrupts the write.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StoreError) {
    var done = 0
    while done < bytes.count {
      do throws(FileFailure) {
        let count = try fileSystem.write(descriptor, bytes.part(done..<bytes.count), at: offset + done)
        if count == 0 { throw FileFailure(code: ENOSPC) }
        done += count
      } catch {
        if error.code == EINTR || error.code == EAGAIN { continue }
        throw .failed("write", path, error.code)
      }
    }
  }

  /// Writes all parts, one after the other, however often the system cuts or interrupts the write.
  func write(_ parts: [UnsafeRawBufferPointer], at offset: Int) throws(StoreError) {
    var rest = parts.filter { !$0.isEmpty }[...]
    var at = offset
    while let first = rest.first {
      do throws(FileFailure) {
        var count =
          rest.count == 1
          ? try fileSystem.write(descriptor, first, at: at) : try fileSystem.write(descriptor, rest, at: at)
        if count == 0 { throw FileFailure(code: ENOSPC) }
        at += count
        while let part = rest.first, count >= part.count {
          count -= part.count
          rest.removeFirst()
        }
        if count > 0, let part = rest.first { rest[rest.startIndex] = part.part(count..<part.count) }
      } catch {
        if error.code == EINTR || error.code == EAGAIN { continue }
        throw .failed("write", path, error.code)
      }
    }
  }

  /// Writes all lines.
  func write(_ lines: LineBuffer, at offset: Int) throws(StoreError) {
    let outcome: Result<Void, StoreError> = lines.withParts { parts in
      do throws(StoreError) { return .success(try write(parts, at: offset)) } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8], at offset: Int) throws(StoreError) {
    let outcome: Result<Void, StoreError> = bytes.withUnsafeBytes { buffer in
      do throws(StoreError) { return .success(try write(buffer, at: offset)) } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  /// Fills `bytes` from `offset`; gives the bytes read, fewer only at the end of the file.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(StoreError) -> Int {
    var done = 0
    while done < bytes.count {
      do throws(FileFailure) {
        let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
        let count = try fileSystem.read(descriptor, rest, at: offset + done)
        if count == 0 { break }
        done += count
      } catch {
        if error.code == EINTR || error.code == EAGAIN { continue }
        throw .failed("read", path, error.code)
      }
    }
    return done
  }

  /// `count` bytes from `offset`, fewer only at the end of the file.
  func read(count: Int, at offset: Int) throws(StoreError) -> [UInt8] {
    var failure: StoreError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(StoreError) { filled = try read(UnsafeMutableRawBufferPointer(buffer), at: offset) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Lets the disk begin to write a part, without waiting for it.
  func startWriting(at offset: Int, count: Int) {
    fileSystem.startWriting(descriptor, at: offset, count: count)
  }

  /// Sets space aside behind the end, which stays where it is.
  func reserve(at offset: Int, count: Int) { fileSystem.reserve(descriptor, at: offset, count: count) }

  /// Makes what was written durable.
  func synchronise() throws(StoreError) {
    while true {
      do throws(FileFailure) { return try fileSystem.synchroniseData(descriptor) } catch {
        // An interrupted flush has not failed: nothing was dropped, and it may be asked for again.
        if error.code == EINTR { continue }
        throw .io(operation: "fdatasync", path: path, errno: error.code)
      }
    }
  }

  /// Cuts the file.
  func truncate(to size: Int) throws(StoreError) {
    do throws(FileFailure) { try fileSystem.truncate(descriptor, to: size) } catch {
      throw .failed("ftruncate", path, error.code)
    }
  }

  /// The size in bytes.
  func size() throws(StoreError) -> Int {
    do throws(FileFailure) { return try fileSystem.size(descriptor) } catch {
      throw .failed("fstat", path, error.code)
    }
  }

  /// Takes the exclusive lock; false where another process holds it.
  func lock() throws(StoreError) -> Bool {
    do throws(FileFailure) { return try fileSystem.lock(descriptor) } catch {
      throw .failed("flock", path, error.code)
    }
  }

  /// Lets the lock go.
  func unlock() { fileSystem.unlock(descriptor) }
}
