import Dispatch
import PrecisModel
import PrecisURL

/// One fetch from its request to its result, across its redirects.
final class Exchange {
  let token: FetchToken
  let request: FetchRequest
  let sink: any BodySink
  let completion: @Sendable (FetchResult) -> Void
  /// Bytes of the largest body.
  let bodyLimit: Int
  /// Counts what the sink holds; nil before there is a body.
  private(set) var flow: BodyFlow?
  /// The address of the hop.
  var url: WebURL
  /// The same as text, without fragment and credentials: what is sent and compared.
  var urlText: String
  /// Whether the hop is of the origin that the credentials are for, and all before it were.
  var isAtOrigin = true
  let credentials: Credentials?
  var redirects: [Redirect] = []
  var cookies = ChainCookies()
  /// The handle that works for it; nil while it waits.
  var handle: EasyHandle?
  /// Keeps the time of a transfer that was paused.
  var timer: (any DispatchSourceTimer)?
  var isCancelled = false
  /// Whether it lasts so long that it gave its slot back.
  var isSlow = false
  /// When the hop began.
  var hopStart = ContinuousClock.now
  /// How long all hops that are over took; the wait for a slot is not in it.
  var spent = Duration.zero
  var receivedBytes = 0
  var bodyBytes = 0
  var address: String?

  /// nil where the address is none of the web; `isNormal` says that the request has it as `url` would write it.
  init?(
    token: FetchToken, request: FetchRequest, url: WebURL, isNormal: Bool, configuration: FetchConfiguration,
    sink: any BodySink, completion: @escaping @Sendable (FetchResult) -> Void
  ) {
    guard url.isWeb else { return nil }
    self.token = token
    self.request = request
    self.sink = sink
    self.completion = completion
    bodyLimit = request.maxBodyBytes ?? configuration.maxBodyBytes
    if url.username.isEmpty, url.password.isEmpty {
      credentials = request.credentials
    } else {
      credentials =
        request.credentials
        ?? .basic(user: percentDecoded(url.username), password: percentDecoded(url.password))
    }
    if isNormal, url.username.isEmpty, url.password.isEmpty, url.fragment == nil {
      self.url = url
      urlText = request.url
    } else {
      self.url = url.withoutCredentials().withoutFragment()
      urlText = self.url.text
    }
  }

  var host: String { url.host ?? "" }

  /// Counts from here on; `resume` is called once per pause.
  func startFlow(limit: Int, resume: @escaping @Sendable () -> Void) -> BodyFlow {
    if let flow { return flow }
    let new = BodyFlow(limit: limit, resume: resume)
    flow = new
    return new
  }

  /// What may be asked conditionally at this hop.
  var validators: FeedState.Validators? {
    guard let validators = request.validators else { return nil }
    if validators.url == urlText { return validators }
    return redirects.isEmpty && validators.url == request.url ? validators : nil
  }

  /// Goes on at the address of a redirect.
  func follow(_ redirect: Redirect, to target: WebURL, text: String) {
    redirects.append(redirect)
    if !target.isSameOrigin(as: url) { isAtOrigin = false }
    url = target
    urlText = text
  }
}

/// The text of a percent-encoded one; bytes that are no UTF-8 are replaced.
private func percentDecoded(_ text: String) -> String {
  var out: [UInt8] = []
  let bytes = Array(text.utf8)
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x25, index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
      let low = hexDigit(bytes[index + 2])
    {
      out.append(high << 4 | low)
      index += 3
    } else {
      out.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: out, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
