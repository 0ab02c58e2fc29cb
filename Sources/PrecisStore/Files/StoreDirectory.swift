import Glibc

/// Where the files of a store lie, and the operations on them that change names.
struct StoreDirectory: Sendable {
  let path: String
  let fileSystem: any FileSystem

  /// The directories of a store, made with it.
  static let folders = ["entries", "state", "index"]

  func path(_ name: String) -> String { path + "/" + name }

  /// The number of a segment's file name, `000001.ndjson`; nil for any other name.
  static func segmentNumber(_ name: String) -> Int? {
    guard name.hasSuffix(".ndjson") else { return nil }
    let digits = name.utf8.dropLast(7)
    guard digits.count >= 6, digits.count <= 9, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int(String(decoding: Array(digits), as: UTF8.self))
  }

  /// The file name of a segment.
  static func segmentName(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".ndjson"
  }

  /// The numbers of the segments in a folder, ascending; none where the folder does not exist.
  func segments(in folder: String) throws(StoreError) -> [Int] {
    try names(in: folder).compactMap { Self.segmentNumber($0) }.sorted()
  }

  /// The names in a folder; none where it does not exist.
  func names(in folder: String) throws(StoreError) -> [String] {
    do throws(FileFailure) { return try fileSystem.list(path(folder)) } catch {
      if error.code == ENOENT { return [] }
      throw .failed("opendir", path(folder), error.code)
    }
  }

  /// Opens a file of the store.
  func open(_ name: String, _ access: FileAccess) throws(StoreError) -> StoreFile {
    try StoreFile(path(name), access, fileSystem)
  }

  /// The bytes of a file of at most `limit` bytes; nil where it does not exist.
  func contents(_ name: String, limit: Int = 256 << 20) throws(StoreError) -> [UInt8]? {
    let file: StoreFile
    do throws(StoreError) { file = try open(name, .read) } catch {
      if case .io(_, _, ENOENT) = error { return nil }
      throw error
    }
    let size = try file.size()
    guard size <= limit else { throw .tooLarge(bytes: size, limit: limit) }
    return try file.read(count: size, at: 0)
  }

  /// Replaces a file so that readers see the old one or the new one, whole, also after a power cut.
  func replace(_ name: String, with bytes: [UInt8]) throws(StoreError) {
    let temporary = name + ".tmp"
    do throws(StoreError) {
      let file = try open(temporary, .replace)
      try file.write(bytes, at: 0)
      try file.synchronise()
    } catch {
      // ignored: the temporary name holds nothing that anyone reads, and the next replacement empties it.
      try? fileSystem.unlink(path(temporary))
      throw error
    }
    try rename(temporary, to: name)
  }

  /// Renames within the store and makes the new name durable.
  func rename(_ from: String, to: String) throws(StoreError) {
    do throws(FileFailure) { try fileSystem.rename(path(from), to: path(to)) } catch {
      throw .failed("rename", path(to), error.code)
    }
    try synchroniseFolder(of: to)
  }

  /// Removes a file; one that does not exist is no failure.
  func remove(_ name: String) throws(StoreError) {
    do throws(FileFailure) { try fileSystem.unlink(path(name)) } catch {
      if error.code != ENOENT { throw .failed("unlink", path(name), error.code) }
    }
  }

  /// Makes the names in the folder of `name` durable.
  func synchroniseFolder(of name: String) throws(StoreError) {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let place = folder.isEmpty ? path : path(folder)
    do throws(FileFailure) { try fileSystem.synchroniseDirectory(place) } catch {
      throw .io(operation: "fsync", path: place, errno: error.code)
    }
  }

  /// Makes a folder.
  func makeFolder(_ name: String) throws(StoreError) {
    do throws(FileFailure) { try fileSystem.makeDirectory(name.isEmpty ? path : path(name)) } catch {
      throw .failed("mkdir", path(name), error.code)
    }
  }

  /// Makes the directories above the store.
  func makeParents() throws(StoreError) {
    var parent = ""
    for part in path.split(separator: "/").dropLast() {
      parent += (parent.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      do throws(FileFailure) { try fileSystem.makeDirectory(parent) } catch {
        // A parent that exists but may not be written to answers EACCES or EROFS: the store's own mkdir decides.
        continue
      }
    }
  }
}
