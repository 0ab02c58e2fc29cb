import ArgumentParser
import Glibc

/// The command line.
@main
struct Precis: ParsableCommand {
  /// The program's version.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "precis",
    abstract: "Follows feeds and keeps a library of structured article summaries.",
    discussion: """
      Articles are kept as lines of JSON in the store's directory, where other programs read them. The exit status \
      is 0 where all went well, 1 where some feeds of a sync failed, and one of sysexits.h otherwise.
      """,
    version: version,
    // Each says its name itself: to derive it, ArgumentParser goes through all conformances of the program, which
    // takes three milliseconds at every start.
    groupedSubcommands: [
      CommandGroup(
        name: "Following feeds:",
        subcommands: [Run.self, Sync.self, Add.self, Remove.self, Feeds.self, Import.self, Status.self]),
      CommandGroup(
        name: "Reading:",
        subcommands: [List.self, Show.self, Search.self, BriefCommand.self, Follow.self, ExportCommand.self]),
      CommandGroup(
        name: "One document:", subcommands: [Parse.self, Extract.self, Curate.self, NearDuplicates.self]),
      CommandGroup(
        name: "Keeping house:", subcommands: [Keep.self, Check.self, Verify.self, ImportStore.self]),
    ])

  /// Before the name of the command or after it: both count.
  @OptionGroup var options: GlobalOptions

  /// A command that stands first reads what follows it by itself, which spares looking through all commands and
  /// costs less for each file that is named. What it does not understand is read again by all: their messages are whole.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let name = arguments.first,
      let type = configuration.subcommands.first(where: { $0.configuration.commandName == name }),
      let command = try? read(arguments.dropFirst(), as: type), Swift.type(of: command) == type
    {
      return command
    }
    return try parseAsRoot(arguments)
  }

  /// Reads the arguments of a command.
  ///
  /// ArgumentParser's time grows with the square of the number of values, so that of the files at the end only two go
  /// through it: the first of them may be the value of an option, the others are files whatever stands before them.
  private static func read(
    _ arguments: ArraySlice<String>, as type: any ParsableCommand.Type
  ) throws -> any ParsableCommand {
    let atEnd = arguments.reversed().prefix { !$0.hasPrefix("-") }.count
    guard type is any CommandOnFiles.Type, atEnd > 2 else { return try type.parseAsRoot(Array(arguments)) }
    let command = try type.parseAsRoot(Array(arguments.dropLast(atEnd - 2)))
    guard var command = command as? any CommandOnFiles else { return command }
    command.files += arguments.suffix(atEnd - 2)
    return command
  }

  /// Runs a command, and turns what it throws into a message and an exit status.
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parse(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch let failure as Failure {
      Terminal.complain("precis: \(failure.message)")
      Glibc.exit(failure.status.rawValue)
    } catch is BrokenPipe {
      Glibc.exit(0)
    } catch {
      exit(withError: error)
    }
  }
}

/// A command that takes any number of files behind its options.
protocol CommandOnFiles: ParsableCommand {
  /// The files, in the order in which they are named.
  var files: [String] { get set }
}
