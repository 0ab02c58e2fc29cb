import Glibc

/// Why a fetcher could not be made.
public enum FetcherError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system gave no epoll descriptor.
  case noDescriptor(errno: Int32)
  /// libcurl could not get memory.
  case outOfMemory
  /// The CA bundle cannot be read.
  case unreadableCABundle(String, errno: Int32)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .noDescriptor(let code): "no epoll descriptor: \(String(cString: strerror(code))); raise LimitNOFILE"
    case .outOfMemory: "libcurl could not get memory"
    case .unreadableCABundle(let path, let code):
      "the CA bundle \(path) cannot be read: \(String(cString: strerror(code))); correct network.ca_bundle"
    }
  }
}
