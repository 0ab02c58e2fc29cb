import Glibc
import PrecisStore
import Synchronization

/// What goes wrong at one system call.
enum Fault: Sendable, CaseIterable {
  /// The call fails with EIO, once.
  case inputOutputError
  /// The call fails with ENOSPC (a write after half of its bytes), and so does every later write until space is freed.
  case diskFull
  /// The call is interrupted, once.
  case interrupted
  /// A write takes half of the bytes.
  case shortWrite
  /// The machine or process stops before the call.
  case crash
  /// The machine or process stops in the middle of a write.
  case crashInside
}

/// The system's files with a fault at the nth call, and a model of what a power cut would leave of them.
final class FaultFileSystem: FileSystem, @unchecked Sendable {
  // Sendable because each instance is used by one test on one thread.
  final class Content {
    var current: [UInt8] = []
    var durable: [UInt8] = []
  }

  private let system = POSIXFileSystem()
  private let root: String
  private let faultAt: Int
  private let fault: Fault
  private var open: [Int32: (path: String, content: Content)] = [:]
  /// Names by folder: as the running system sees them, and as the disk has them.
  private(set) var names: [String: [String: Content]] = [:]
  private(set) var durableNames: [String: [String: Content]] = [:]
  private(set) var calls = 0
  private(set) var isDown = false
  private(set) var failedCall = ""
  private var isFull = false
  /// The index as it was when the last manifest was begun: what a power cut certainly leaves of it.
  private(set) var flushedIndex: [UInt8] = []

  init(root: String, fault: Fault = .crash, at call: Int = .max) {
    self.root = root
    self.fault = fault
    faultAt = call
  }

  /// Space is freed, and a call that failed works again.
  func heal() { isFull = false }

  private func enter(_ call: String, _ path: String, isWrite: Bool = false) throws(FileFailure) {
    if isDown { throw FileFailure(code: EIO) }
    calls += 1
    if isFull, isWrite { throw FileFailure(code: ENOSPC) }
    guard calls == faultAt else { return }
    failedCall = "\(call) \(path)"
    switch fault {
    case .inputOutputError: throw FileFailure(code: EIO)
    case .interrupted: throw FileFailure(code: EINTR)
    case .crash:
      isDown = true
      throw FileFailure(code: EIO)
    case .diskFull:
      guard isWrite else { return }
      isFull = true
      throw FileFailure(code: ENOSPC)
    case .shortWrite, .crashInside: return
    }
  }

  private func split(_ path: String) -> (folder: String, name: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return (parts.dropLast().joined(separator: "/"), String(parts.last ?? ""))
  }

  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    try enter("open", path)
    if path.hasSuffix("/manifest.json.tmp") { flushedIndex = contents(root + "/index/keys") }
    let descriptor = try system.open(path, access)
    let (folder, name) = split(path)
    let content = names[folder]?[name] ?? Content()
    if access == .replace { content.current = [] }
    names[folder, default: [:]][name] = content
    open[descriptor] = (path, content)
    return descriptor
  }

  func close(_ descriptor: Int32) {
    open[descriptor] = nil
    system.close(descriptor)
  }

  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) -> Int
  {
    let path = open[descriptor]?.path ?? ""
    var part = bytes
    do throws(FileFailure) { try enter("write", path, isWrite: true) } catch {
      // A disk fills up in the middle of a write: what fitted is there.
      if error.code == ENOSPC, calls == faultAt { try put(descriptor, half(bytes), at: offset) }
      throw error
    }
    if calls == faultAt, fault == .shortWrite || fault == .crashInside { part = half(bytes) }
    try put(descriptor, part, at: offset)
    if calls == faultAt, fault == .crashInside {
      isDown = true
      throw FileFailure(code: EIO)
    }
    return part.count
  }

  private func half(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[0..<((bytes.count + 1) / 2)])
  }

  private func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) {
    _ = try system.write(descriptor, bytes, at: offset)
    guard let content = open[descriptor]?.content else { return }
    while content.current.count < offset { content.current.append(0) }
    let end = min(content.current.count, offset + bytes.count)
    content.current.replaceSubrange(offset..<end, with: bytes)
  }

  func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    try enter("read", open[descriptor]?.path ?? "")
    return try system.read(descriptor, bytes, at: offset)
  }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    try enter("fdatasync", open[descriptor]?.path ?? "")
    if let content = open[descriptor]?.content { content.durable = content.current }
  }

  func synchroniseDirectory(_ path: String) throws(FileFailure) {
    try enter("fsync", path)
    durableNames[path] = names[path]
  }

  func truncate(_ descriptor: Int32, to size: Int) throws(FileFailure) {
    try enter("ftruncate", open[descriptor]?.path ?? "")
    try system.truncate(descriptor, to: size)
    guard let content = open[descriptor]?.content else { return }
    content.current = Array(content.current.prefix(size))
  }

  func size(_ descriptor: Int32) throws(FileFailure) -> Int {
    try enter("fstat", open[descriptor]?.path ?? "")
    return try system.size(descriptor)
  }

  func rename(_ from: String, to: String) throws(FileFailure) {
    try enter("rename", to)
    try system.rename(from, to: to)
    let (folder, name) = split(from)
    let content = names[folder]?.removeValue(forKey: name)
    names[split(to).folder, default: [:]][split(to).name] = content
  }

  func unlink(_ path: String) throws(FileFailure) {
    try enter("unlink", path)
    try system.unlink(path)
    names[split(path).folder]?.removeValue(forKey: split(path).name)
  }

  func makeDirectory(_ path: String) throws(FileFailure) {
    try enter("mkdir", path, isWrite: true)
    try system.makeDirectory(path)
  }

  func list(_ path: String) throws(FileFailure) -> [String] {
    try enter("readdir", path)
    return try system.list(path)
  }

  func lock(_ descriptor: Int32) throws(FileFailure) -> Bool {
    try enter("flock", open[descriptor]?.path ?? "")
    return try system.lock(descriptor)
  }
}

/// What a crash leaves: every combination is one that POSIX allows.
enum CrashState: CaseIterable {
  /// A killed process: all that was written is there.
  case everything
  /// A power cut: only what was flushed is there.
  case flushedOnly
  /// A power cut: names as they were last, contents as they were flushed.
  case newNamesOldBytes
  /// A power cut: names as they were flushed, contents as they were last.
  case oldNamesNewBytes
  /// A power cut: of what was not flushed, half is there.
  case tornBytes
  /// A power cut: files have their last size, what was not flushed is zeros.
  case zeroedBytes

  /// How much of the index a power cut leaves.
  var index: IndexState {
    switch self {
    case .everything: return .sameRun
    case .flushedOnly: return .flushed
    case .newNamesOldBytes: return .absent
    case .oldNamesNewBytes: return .mixedPages
    case .tornBytes: return .mixedPages
    case .zeroedBytes: return .allPages
    }
  }

  enum IndexState { case sameRun, flushed, absent, mixedPages, allPages }

  /// Writes the state to a new directory.
  func materialise(_ system: FaultFileSystem, from root: String, to target: String) {
    mkdir(target, 0o755)
    let names = self == .flushedOnly || self == .oldNamesNewBytes ? system.durableNames : system.names
    for folder in ["", "/entries", "/state", "/index"] {
      mkdir(target + folder, 0o755)
      for (name, content) in names[root + folder] ?? [:] where folder != "/index" || name == "durable" {
        write(bytes(content), to: target + folder + "/" + name)
      }
    }
    placeIndex(system, root, target)
  }

  private func bytes(_ content: FaultFileSystem.Content) -> [UInt8] {
    switch self {
    case .everything, .oldNamesNewBytes: return content.current
    case .flushedOnly, .newNamesOldBytes: return content.durable
    case .tornBytes:
      let common = zip(content.current, content.durable).prefix { $0 == $1 }.count
      return Array(content.current.prefix(common + (content.current.count - common) / 2))
    case .zeroedBytes:
      let common = zip(content.current, content.durable).prefix { $0 == $1 }.count
      return Array(content.current.prefix(common))
        + [UInt8](repeating: 0, count: content.current.count - common)
    }
  }

  private func placeIndex(_ system: FaultFileSystem, _ root: String, _ target: String) {
    var bytes = contents(root + "/index/keys")
    let flushed = system.flushedIndex
    switch index {
    case .absent: return
    case .flushed: bytes = flushed
    case .mixedPages:
      guard bytes.count == flushed.count else { break }
      for page in stride(from: 0, to: bytes.count, by: 4096) where (page / 4096 &* 2_654_435_761) & 8 == 0 {
        bytes.replaceSubrange(page..<(page + 4096), with: flushed[page..<(page + 4096)])
      }
    case .sameRun, .allPages: break
    }
    guard bytes.count >= 16 else { return }
    let path = target + "/index/keys"
    write(bytes, to: path)
    // The file is the same one, as far as the store can tell: it goes by the inode.
    var status = stat()
    stat(path, &status)
    withUnsafeBytes(of: UInt64(status.st_ino)) { bytes.replaceSubrange(8..<16, with: $0) }
    guard let file = fopen(path, "r+") else { return }
    fwrite(bytes, 1, 16, file)
    fclose(file)
  }
}
