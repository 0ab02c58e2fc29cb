import Synchronization

/// The sending end of an answer that grows: lines are written from any queue, the control queue sends them.
///
/// A reader that stays more than ``bufferLimit`` bytes behind is cut off rather than waited for.
public final class ControlStream: Sendable {
  /// Bytes that may wait for a slow reader.
  public static let bufferLimit = 4 << 20

  private struct State {
    var bytes: [UInt8] = []
    var isFinished = false
    var isBroken = false
    var wake: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// A stream that nobody reads yet.
  public init() {}

  /// Adds a line; a newline is appended.
  public func write(line: [UInt8]) {
    update { state in
      guard !state.isBroken, !state.isFinished else { return }
      if state.bytes.count + line.count > Self.bufferLimit {
        state.isBroken = true
        state.bytes = []
        return
      }
      state.bytes.append(contentsOf: line)
      state.bytes.append(0x0A)
    }
  }

  /// Ends the answer once what was written is sent.
  public func finish() { update { $0.isFinished = true } }

  /// Whether the reader has gone or fell too far behind.
  public var isBroken: Bool { state.withLock { $0.isBroken } }

  /// What the server's queue may send now.
  enum Piece {
    case bytes(Int)
    case nothingYet
    case end
    case broken
  }

  /// Moves waiting bytes into `buffer`.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Piece {
    state.withLock { state in
      if state.isBroken { return .broken }
      if state.bytes.isEmpty { return state.isFinished ? .end : .nothingYet }
      let count = min(buffer.count, state.bytes.count)
      state.bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      state.bytes.removeFirst(count)
      return .bytes(count)
    }
  }

  /// Calls `wake` whenever there is something new to take.
  func attach(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

  /// The reader has gone.
  func detach() {
    state.withLock { state in
      state.wake = nil
      state.isBroken = true
      state.bytes = []
    }
  }

  private func update(_ change: (inout sending State) -> Void) {
    let wake = state.withLock { state in
      change(&state)
      return state.wake
    }
    wake?()
  }
}
