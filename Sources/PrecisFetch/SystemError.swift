import Glibc

/// The system's words for an error number.
enum SystemError {
  static func words(_ number: Int32) -> String {
    switch number {
    case ECONNREFUSED: "it refuses connections"
    case EHOSTUNREACH, ENETUNREACH: "there is no route to it"
    case ETIMEDOUT: "it does not answer"
    case EMFILE, ENFILE: "this process has no descriptor left; raise LimitNOFILE or lower network.concurrency"
    default: String(cString: strerror(number))
    }
  }
}
