import CCurl
import CCurlShims
import PrecisURL

/// Decides what a transfer's end means.
enum TransferEnd {
  /// What follows.
  enum Step {
    case over(FetchResult.Outcome)
    case redirect(Redirect, WebURL)
  }

  static func judge(
    _ handle: EasyHandle, _ exchange: Exchange, _ code: CURLcode, engine: FetchEngine
  ) -> Step {
    let headers = handle.headers
    let head = headers.status == 0 ? nil : handle.head ?? engine.head(of: handle, exchange)
    if let failure = handle.failure { return .over(.failed(failure, head)) }
    // We end a transfer ourselves when its answer's body is of no use.
    let isComplete = code == CURLE_OK || (code == CURLE_WRITE_ERROR && !headers.isDocument)
    guard isComplete, let head else {
      return .over(.failed(failure(handle, exchange, code, engine.configuration), head))
    }
    switch head.status {
    case 200, 203:
      handle.finishBody()
      return .over(.body(handle.head ?? head))
    case 304:
      guard exchange.validators != nil else {
        return .over(
          .failed(.protocolError("the server answered \"not modified\" (304) to a first request"), head))
      }
      return .over(.notModified(head))
    case 301, 302, 303, 307, 308:
      return Redirection.step(handle, exchange, head, engine.configuration)
    default: return .over(.failed(.http(status: head.status, by: Gatekeeper(headers)), head))
    }
  }

  private static func failure(
    _ handle: EasyHandle, _ exchange: Exchange, _ code: CURLcode, _ configuration: FetchConfiguration
  ) -> FetchFailure {
    let host = exchange.host
    let received = exchange.bodyBytes
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return .dns(host: host)
    case CURLE_COULDNT_RESOLVE_PROXY: return .dns(host: "of the proxy")
    case CURLE_COULDNT_CONNECT:
      if let (address, what) = handle.refusal, !handle.hasOpenedSocket {
        return .blockedAddress(address.description, host: host, what: what)
      }
      return .connect(host: host, reason: connectReason(handle))
    case CURLE_OPERATION_TIMEDOUT: return timeout(handle, exchange, configuration)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED,
      CURLE_SSL_ENGINE_INITFAILED:
      return .tls(host: host, reason: TLSReason.words(handle))
    case CURLE_PARTIAL_FILE:
      return .truncated(expected: handle.headers.number(of: .contentLength), received: received)
    case CURLE_GOT_NOTHING: return .protocolError("the server closed the connection without an answer")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
      guard handle.headers.status != 0 else {
        return .connect(host: host, reason: "the connection was lost before an answer came")
      }
      return .truncated(expected: handle.headers.number(of: .contentLength), received: received)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
      return .protocolError("what answered at \(host) does not speak HTTP")
    case CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return .protocolError("the server broke HTTP/2: \(handle.errorMessage)")
    case CURLE_BAD_CONTENT_ENCODING: return .protocolError("the document's compression is broken")
    case CURLE_URL_MALFORMAT: return .invalidURL(exchange.urlText)
    // libcurl's name for a header line longer than it takes (100 KiB).
    case CURLE_OUT_OF_MEMORY:
      return .headersTooLarge(limit: configuration.maxHeaderBytes)
    default:
      let words = handle.errorMessage
      return .protocolError(words.isEmpty ? String(cString: curl_easy_strerror(code)) : words)
    }
  }

  private static func connectReason(_ handle: EasyHandle) -> String {
    let number = Int32(truncatingIfNeeded: precis_get_long(handle.easy, CURLINFO_OS_ERRNO))
    return number == 0 ? "it could not be reached" : SystemError.words(number)
  }

  private static func timeout(
    _ handle: EasyHandle, _ exchange: Exchange, _ configuration: FetchConfiguration
  ) -> FetchFailure {
    let easy = handle.easy
    func hasPassed(_ info: CURLINFO) -> Bool { precis_get_offset(easy, info) > 0 }
    let phase: FetchFailure.Phase
    if handle.headers.status != 0 {
      phase = .receiving
    } else if !hasPassed(CURLINFO_NAMELOOKUP_TIME_T) {
      phase = .resolving
    } else if !hasPassed(CURLINFO_CONNECT_TIME_T), precis_get_long(easy, CURLINFO_LOCAL_PORT) <= 0 {
      // libcurl 7.88 takes the time of the connection only once it is secured: the port tells before.
      phase = .connecting
    } else if exchange.url.scheme == "https", !hasPassed(CURLINFO_APPCONNECT_TIME_T) {
      phase = .securing
    } else {
      phase = .waiting
    }
    if phase == .receiving, handle.isTooSlow {
      return .tooSlow(bytesPerSecond: configuration.minimumSpeed, over: configuration.minimumSpeedPeriod)
    }
    return .timeout(phase, after: exchange.spent)
  }
}
