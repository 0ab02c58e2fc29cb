import Glibc
import PrecisModel

/// Why an index file was not read or written.
public enum RelatedFileError: Error, Equatable, Sendable, CustomStringConvertible {
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
      "\(path) is no index of related articles of this version, or is damaged; it is rebuilt"
    }
  }
}

extension RelatedIndex {
  private static let magic = Array("PRECISRL".utf8) + [1, 0, 0, 0]

  /// The index that `save(to:)` wrote.
  ///
  /// - Throws: `RelatedFileError.unreadable` where the version or the checksum is wrong, `.system` otherwise.
  public convenience init(path: String) throws(RelatedFileError) {
    self.init()
    let bytes = try Self.read(path)
    var at = Self.magic.count
    guard bytes.count >= at + 12, bytes.starts(with: Self.magic),
      Self.checksum(bytes.dropLast(8)) == Self.number(bytes, bytes.count - 8, 8)
    else { throw .unreadable(path: path) }
    let end = bytes.count - 8
    let count = Int(Self.number(bytes, at, 4))
    at += 4
    for _ in 0..<count {
      guard at + 13 <= end else { throw .unreadable(path: path) }
      let key = ArticleKey(high: Self.number(bytes, at, 8), low: UInt32(Self.number(bytes, at + 8, 4)))
      let length = Int(bytes[at + 12])
      at += 13
      guard at + 5 * length <= end else { throw .unreadable(path: path) }
      let terms = (0..<length).map { index in
        KeyTerms.Term(hash: UInt32(Self.number(bytes, at + 5 * index, 4)), weight: bytes[at + 5 * index + 4])
      }
      at += 5 * length
      insert(key, terms)
    }
  }

  /// Writes the index to a file in one piece: a temporary file beside it, flushed, then renamed over it.
  ///
  /// - Throws: `RelatedFileError.system`; the old file is untouched then.
  public func save(to path: String) throws(RelatedFileError) {
    var out = Self.magic
    out.reserveCapacity(count * 120)
    Self.append(&out, UInt64(count), 4)
    for slot in keys.indices where isLive(slot) {
      let terms = terms(of: slot)
      Self.append(&out, keys[slot].high, 8)
      Self.append(&out, UInt64(keys[slot].low), 4)
      out.append(UInt8(terms.count))
      for term in terms {
        Self.append(&out, UInt64(term.hash), 4)
        out.append(term.weight)
      }
    }
    Self.append(&out, Self.checksum(out[...]), 8)
    try Self.write(out, to: path)
  }

  private static func append(_ out: inout [UInt8], _ value: UInt64, _ width: Int) {
    for at in 0..<width { out.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(at)))) }
  }

  private static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> UInt64 {
    (0..<width).reversed().reduce(0) { $0 << 8 | UInt64(bytes[at + $1]) }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func read(_ path: String) throws(RelatedFileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(file) }
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let length = Glibc.read(file, &chunk, chunk.count)
      if length < 0, errno == EINTR { continue }
      guard length >= 0 else { throw .system(call: "read", path: path, errno: errno) }
      if length == 0 { return out }
      out.append(contentsOf: chunk[..<length])
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(RelatedFileError) {
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(call: "open", path: temporary, errno: errno) }
    var failure: (call: String, code: Int32)?
    bytes.withUnsafeBytes { raw in
      var from = 0
      while from < raw.count, failure == nil {
        let written = Glibc.write(file, raw.baseAddress.map { $0 + from }, raw.count - from)
        if written < 0, errno == EINTR { continue }
        if written <= 0 { failure = ("write", errno) }
        from += max(written, 0)
      }
    }
    if failure == nil, fdatasync(file) != 0 { failure = ("fdatasync", errno) }
    close(file)
    if failure == nil, rename(temporary, path) != 0 { failure = ("rename", errno) }
    guard let failure else { return }
    unlink(temporary)
    throw .system(call: failure.call, path: path, errno: failure.code)
  }
}
