import ArgumentParser
import PrecisConfig

/// `precis check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the configuration.",
    discussion: "Every problem is told with its file and line. The exit status is 78 where there is one.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let invocation = try Invocation(options)
    let configuration = invocation.configuration
    for warning in configuration.warnings { Terminal.complain("precis: warning: \(warning.description)") }
    invocation.terminal.note("configuration: \(configuration.file ?? "built-in values; no file was found")")
    invocation.terminal.note("store: \(invocation.store)")
    invocation.terminal.note("socket: \(invocation.socket)")
    invocation.terminal.note("declared feeds: \(configuration.feeds.count)")
  }
}
