import Glibc

/// A command that ran to its end.
public struct CommandRun: Sendable {
  /// The exit status; 128 and the signal's number where a signal ended it; 127 where it could not be started.
  public let status: Int32
  /// What it wrote to standard output.
  public let stdout: String
  /// What it wrote to standard error.
  public let stderr: String

  /// Runs a command and waits for its end.
  ///
  /// A name without a slash is looked for in PATH. `environment` is added to the test's own; a nil value takes
  /// a variable away. The command is killed after `timeoutSeconds`.
  public static func run(
    _ command: [String], environment: [String: String?] = [:], stdin: [UInt8] = [],
    timeoutSeconds: Int = 60
  ) -> CommandRun {
    guard let running = try? RunningCommand(command, environment: environment, stdin: stdin) else {
      return CommandRun(status: 127, stdout: "", stderr: "\(command.first ?? "") could not be started")
    }
    let status = running.wait(timeoutSeconds: timeoutSeconds) ?? running.kill()
    return CommandRun(status: status, stdout: running.stdout, stderr: running.stderr)
  }

  /// Whether a command is there: a name is looked for in PATH and in /usr/sbin.
  public static func exists(_ name: String) -> Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return (path + ":/usr/sbin").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}
