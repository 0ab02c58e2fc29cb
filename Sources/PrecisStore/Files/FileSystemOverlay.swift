/// A file system that does some calls in its own way and leaves the rest to the one below: for tests and measurements.
public protocol FileSystemOverlay: FileSystem {
  /// The file system below.
  var base: any FileSystem { get }
}

extension FileSystemOverlay {
  /// As below.
  public func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    try base.open(path, access)
  }

  /// As below.
  public func close(_ descriptor: Int32) { base.close(descriptor) }

  /// As below.
  public func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    try base.write(descriptor, bytes, at: offset)
  }

  /// As below.
  public func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    try base.read(descriptor, bytes, at: offset)
  }

  /// As below.
  public func startWriting(_ descriptor: Int32, at offset: Int, count: Int) {
    base.startWriting(descriptor, at: offset, count: count)
  }

  /// As below.
  public func reserve(_ descriptor: Int32, at offset: Int, count: Int) {
    base.reserve(descriptor, at: offset, count: count)
  }

  /// As below.
  public func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    try base.synchroniseData(descriptor)
  }

  /// As below.
  public func synchroniseDirectory(_ path: String) throws(FileFailure) { try base.synchroniseDirectory(path) }

  /// As below.
  public func truncate(_ descriptor: Int32, to size: Int) throws(FileFailure) {
    try base.truncate(descriptor, to: size)
  }

  /// As below.
  public func size(_ descriptor: Int32) throws(FileFailure) -> Int { try base.size(descriptor) }

  /// As below.
  public func rename(_ from: String, to: String) throws(FileFailure) { try base.rename(from, to: to) }

  /// As below.
  public func unlink(_ path: String) throws(FileFailure) { try base.unlink(path) }

  /// As below.
  public func makeDirectory(_ path: String) throws(FileFailure) { try base.makeDirectory(path) }

  /// As below.
  public func list(_ path: String) throws(FileFailure) -> [String] { try base.list(path) }

  /// As below.
  public func lock(_ descriptor: Int32) throws(FileFailure) -> Bool { try base.lock(descriptor) }

  /// As below.
  public func unlock(_ descriptor: Int32) { base.unlock(descriptor) }
}
