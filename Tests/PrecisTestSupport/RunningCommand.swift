import Glibc
import Synchronization

/// A command that runs beside the test.
public final class RunningCommand: Sendable {
  private struct State {
    var stdout: [UInt8] = []
    var stderr: [UInt8] = []
    var openPipes = 2
    var status: Int32?
  }
  private let state: Mutex<State>
  /// Its process id.
  public let processID: Int32

  /// Starts a command; as for `CommandRun.run`.
  ///
  /// - Throws: `SystemCallFailed` where it cannot be started.
  public init(_ command: [String], environment: [String: String?] = [:], stdin: [UInt8] = []) throws {
    state = Mutex(State())
    let input = try Pipe()
    let output = try Pipe()
    let errors = try Pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.read, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
    let arguments = CStrings(command)
    let variables = CStrings(Self.environment(with: environment))
    var process = pid_t()
    let code = posix_spawnp(
      &process, command.first ?? "", &actions, nil, arguments.pointers, variables.pointers)
    for descriptor in [input.read, output.write, errors.write] { close(descriptor) }
    processID = process
    guard code == 0 else {
      for descriptor in [input.write, output.read, errors.read] { close(descriptor) }
      errno = code
      throw SystemCallFailed("start \(command.first ?? "")")
    }
    startThread {
      // A command that does not read its input to the end must not end the test: SIGPIPE is the thread's.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      var at = 0
      while at < stdin.count {
        let count = stdin.withUnsafeBytes { bytes in
          write(input.write, bytes.baseAddress.map { $0 + at }, bytes.count - at)
        }
        if count <= 0 { break }
        at += count
      }
      close(input.write)
    }
    startThread { [self] in drain(output.read) { $0.stdout += $1 } }
    startThread { [self] in drain(errors.read) { $0.stderr += $1 } }
    startThread { [self] in
      var status: Int32 = 0
      while waitpid(processID, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
      state.withLock { $0.status = code }
    }
  }

  /// What it wrote to standard output so far.
  public var stdout: String { state.withLock { String(decoding: $0.stdout, as: UTF8.self) } }

  /// What it wrote to standard error so far.
  public var stderr: String { state.withLock { String(decoding: $0.stderr, as: UTF8.self) } }

  /// Whether it has not ended.
  public var isRunning: Bool { state.withLock { $0.status == nil } }

  /// Sends a signal; nothing where it has ended.
  public func send(signal: Int32) {
    if isRunning { _ = Glibc.kill(processID, signal) }
  }

  /// Kills it and waits for its end; the exit status.
  @discardableResult
  public func kill() -> Int32 {
    send(signal: SIGKILL)
    return wait(timeoutSeconds: 10) ?? 137
  }

  /// Waits for its end and all that it wrote; the exit status, nil where the time was over first.
  public func wait(timeoutSeconds: Int = 60) -> Int32? {
    let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
    while true {
      let status = state.withLock { $0.openPipes == 0 ? $0.status : nil }
      if let status { return status }
      guard ContinuousClock.now < deadline else { return nil }
      usleep(2000)
    }
  }

  /// Waits until a condition holds, on what it wrote for instance; false where the time was over first, or the
  /// command ended without.
  public func wait(
    timeoutSeconds: Int = 60, until condition: (_ stdout: String, _ stderr: String) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
    while true {
      let hasEnded = state.withLock { $0.openPipes == 0 && $0.status != nil }
      if condition(stdout, stderr) { return true }
      if hasEnded || ContinuousClock.now >= deadline { return false }
      usleep(2000)
    }
  }

  private func drain(_ descriptor: Int32, _ take: @Sendable (inout State, ArraySlice<UInt8>) -> Void) {
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      let bytes = piece[..<count]
      state.withLock { take(&$0, bytes) }
    }
    close(descriptor)
    state.withLock { $0.openPipes -= 1 }
  }

  private static func environment(with changes: [String: String?]) -> [String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    for (name, value) in changes { variables[name] = value }
    return variables.map { "\($0.key)=\($0.value)" }
  }
}

/// The two ends of a pipe, closed on exec.
private struct Pipe {
  let read: Int32
  let write: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemCallFailed("pipe") }
    read = ends[0]
    write = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}

/// A NULL-terminated array of C strings, freed with it.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    pointers = .allocate(capacity: count + 1)
    for (index, text) in texts.enumerated() { (pointers + index).initialize(to: strdup(text)) }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
