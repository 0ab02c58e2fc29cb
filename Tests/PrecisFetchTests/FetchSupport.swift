import PrecisFetch
import PrecisTestSupport
import Synchronization

/// Gathers what a fetch brings.
final class Collector: BodySink {
  struct State {
    var body: [UInt8] = []
    var chunks: [Int] = []
    var heads: [ResponseHead] = []
    var credits: [BodyCredit] = []
  }
  let state = Mutex(State())
  let keepsCredits: Bool

  init(keepsCredits: Bool = false) { self.keepsCredits = keepsCredits }

  func begin(_ head: ResponseHead) { state.withLock { $0.heads.append(head) } }

  func receive(_ chunk: [UInt8], _ credit: BodyCredit) {
    state.withLock {
      $0.body += chunk
      $0.chunks.append(chunk.count)
      if keepsCredits { $0.credits.append(credit) }
    }
    if !keepsCredits { credit.release() }
  }

  /// Gives the credits back once there are so many, or the body is that long; says how many bytes were held.
  func giveBack(ofAtLeast count: Int, orAfter length: Int) -> Int {
    let (held, credits) = state.withLock { state -> (Int, [BodyCredit]) in
      let held = state.chunks.suffix(state.credits.count).reduce(0, +)
      guard state.credits.count >= count || state.body.count > length else { return (held, []) }
      defer { state.credits = [] }
      return (held, state.credits)
    }
    for credit in credits { credit.release() }
    return held
  }

  var body: [UInt8] { state.withLock { $0.body } }
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Bounds for loopback tests: the guard lets loopback pass.
func loopback(_ change: (inout FetchConfiguration) -> Void = { _ in }) -> FetchConfiguration {
  var configuration = FetchConfiguration()
  // However slow the machine is, nothing begins for that.
  configuration.slowAfter = .seconds(3600)
  configuration.allowAddresses = ["127.0.0.0/8", "::1/128"].compactMap { AddressRange($0) }
  change(&configuration)
  return configuration
}

extension Fetcher {
  /// Fetches and waits for the end.
  func result(_ request: FetchRequest, into sink: Collector = Collector()) async -> FetchResult {
    await withCheckedContinuation { continuation in
      fetch(request, into: sink) { continuation.resume(returning: $0) }
    }
  }

  func result(_ url: String, into sink: Collector = Collector()) async -> FetchResult {
    await result(FetchRequest(url: url), into: sink)
  }
}

/// Fetches one address with a fetcher of its own.
func fetched(
  _ url: String, _ configuration: FetchConfiguration = loopback(), into sink: Collector = Collector()
) async throws -> FetchResult {
  try await Fetcher(configuration: configuration).result(url, into: sink)
}
