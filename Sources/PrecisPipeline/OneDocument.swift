import PrecisConfig
import PrecisFetch
import PrecisURL

/// Fetches one document, guarded and bounded as every other request.
public enum OneDocument {
  /// What came: the bytes, the `Content-Type` and the address that redirects led to, or why nothing did.
  public typealias Outcome = Result<(bytes: [UInt8], contentType: String?, url: String), EngineError>

  /// Fetches a page; `reply` is called once.
  ///
  /// - Throws: `FetcherError` where libcurl does not start.
  public static func fetch(
    page url: String, configuration: Configuration, version: String,
    reply: @escaping @Sendable (Outcome) -> Void
  ) throws {
    let fetcher = try Fetcher(configuration: FetchConfiguration(configuration, version: version))
    let body = WholeBody()
    // Failures are told without the password.
    let shown = WebURL(url)?.withoutCredentials().text ?? url
    var request = FetchRequest(url: url)
    request.accept = .page
    _ = fetcher.fetch(request, into: body) { result in
      // The fetcher lives until its only request has ended.
      withExtendedLifetime(fetcher) {
        switch result.outcome {
        case .body(let head): reply(.success((body.bytes, head.contentType, head.url)))
        case .notModified: reply(.failure(.unreachable(url: shown, reason: "no document")))
        case .failed(let failure, _): reply(.failure(.unreachable(url: shown, reason: failure.description)))
        }
      }
    }
  }
}
