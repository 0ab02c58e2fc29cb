/// Writes a file in pieces that takes its name, whole, at the end: what is large is never in memory at once.
public struct PieceWriter: ~Copyable {
  private let files: StoreDirectory
  private let name: String
  private let file: StoreFile
  private var written = 0

  private var temporary: String { name + ".tmp" }

  init(_ files: StoreDirectory, name: String) throws(StoreError) {
    self.files = files
    self.name = name
    file = try files.open(name + ".tmp", .replace)
  }

  /// Adds bytes at the end.
  public mutating func write(_ bytes: [UInt8]) throws(StoreError) {
    try file.write(bytes, at: written)
    written += bytes.count
  }

  /// Puts the file in the place of the one that has its name.
  consuming func install() throws(StoreError) {
    try file.synchronise()
    try files.rename(temporary, to: name)
  }
}

extension StoreWriter {
  /// Replaces a file of the store, as ``replaceFile(name:bytes:)`` does, by what `body` writes in pieces.
  public func replaceFile(
    name: String, body: (inout PieceWriter) throws -> Void
  ) throws {
    try checkReplaceable(name)
    do {
      var pieces = try PieceWriter(files, name: name)
      try body(&pieces)
      try pieces.install()
    } catch {
      // ignored: the temporary name holds nothing that anyone reads, and the next replacement empties it.
      try? files.remove(name + ".tmp")
      throw error
    }
  }
}
