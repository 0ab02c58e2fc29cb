/// How a fetch ended.
public struct FetchResult: Sendable {
  /// What came of it.
  public var outcome: Outcome
  /// The redirects that were followed, in order.
  public var redirects: [Redirect]
  /// Bytes received over the network, headers and all hops included, TLS not.
  public var receivedBytes: Int
  /// Bytes of the body after decompression that the sink was given.
  public var bodyBytes: Int
  /// Milliseconds from the start of the transfer (not of the wait for a slot) to its end.
  public var milliseconds: Int
  /// The address that the last hop was connected to.
  public var address: String?

  /// What came of a fetch.
  public enum Outcome: Sendable {
    /// 304: the document is as it was; the head's validators replace those that it names.
    case notModified(ResponseHead)
    /// 200: the sink has the whole body.
    case body(ResponseHead)
    /// Anything else, with the answer's head where there was one.
    case failed(FetchFailure, ResponseHead?)
  }

  /// The answer's head, where there was an answer.
  public var head: ResponseHead? {
    switch outcome {
    case .notModified(let head), .body(let head): head
    case .failed(_, let head): head
    }
  }

  /// The failure, where it failed.
  public var failure: FetchFailure? {
    if case .failed(let failure, _) = outcome { failure } else { nil }
  }
}

extension FetchResult {
  /// The end of a fetch of an earlier process, of which so much was kept.
  public init(earlier head: ResponseHead, receivedBytes: Int, bodyBytes: Int, milliseconds: Int) {
    self.init(
      outcome: .body(head), redirects: [], receivedBytes: receivedBytes, bodyBytes: bodyBytes,
      milliseconds: milliseconds, address: nil)
  }
}

/// A redirect that was followed.
public struct Redirect: Sendable, Equatable {
  /// 301, 302, 303, 307 or 308.
  public var status: Int
  /// The address that redirected.
  public var from: String
  /// The address that it named.
  public var to: String

  /// A redirect from its parts.
  public init(status: Int, from: String, to: String) {
    self.status = status
    self.from = from
    self.to = to
  }

  /// Whether it says that the document moved for good (301 and 308).
  public var isPermanent: Bool { status == 301 || status == 308 }
}

/// Names a fetch, so that it can be cancelled.
public struct FetchToken: Hashable, Sendable {
  let number: UInt64
}

/// What a fetcher has done and is doing.
public struct FetchStatistics: Sendable, Equatable {
  /// Transfers in flight.
  public var active = 0
  /// Requests that wait for a slot.
  public var waiting = 0
  /// Requests that ended.
  public var completed = 0
  /// Of these, answered by 304.
  public var notModified = 0
  /// Of these, failed.
  public var failed = 0
  /// Redirects followed.
  public var redirects = 0
  /// Connections opened.
  public var connections = 0
  /// Bytes received over the network.
  public var receivedBytes = 0
}
