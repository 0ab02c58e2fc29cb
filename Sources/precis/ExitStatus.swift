import ArgumentParser

/// How the program ends (sysexits.h), so that a script can tell what to do next.
enum ExitStatus: Int32 {
  /// Some feeds of a sync failed, others did not.
  case someFailed = 1
  /// The command line is wrong.
  case usage = 64
  /// The input is not what it should be: no feed, a damaged store.
  case data = 65
  /// The input file, feed or article does not exist.
  case noInput = 66
  /// A server, or the daemon, does not answer.
  case unavailable = 69
  /// Precis is wrong.
  case software = 70
  /// An output file cannot be made.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// Try again later: the store is locked, or no feed could be reached.
  case tryAgain = 75
  /// This user may not.
  case noPermission = 77
  /// The configuration is wrong.
  case configuration = 78
}

/// An error that ends a command: a message for a person and a status for a script.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  var description: String { message }
}
