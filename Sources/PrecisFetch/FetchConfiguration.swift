/// The bounds and manners of all transfers.
public struct FetchConfiguration: Sendable {
  /// Transfers in flight at once; those that have lasted for `slowAfter` are counted apart, up to as many again.
  public var maxConcurrent = 64
  /// How long a transfer holds up others at most: a server that does not answer is waited for without a slot.
  public var slowAfter = Duration.seconds(5)
  /// Transfers in flight at once to one host.
  public var maxPerHost = 2
  /// The longest time for a connection, name look-up and TLS included.
  public var connectTimeout = Duration.seconds(15)
  /// The longest time for a fetch in all, its redirects included; time in which the sink holds it up not counted.
  public var totalTimeout = Duration.seconds(60)
  /// Bytes a second: a transfer that stays slower for `minimumSpeedPeriod` is given up; 0: never.
  public var minimumSpeed = 100
  /// For how long a transfer may be too slow.
  public var minimumSpeedPeriod = Duration.seconds(20)
  /// Bytes of the largest body, counted after decompression while it arrives.
  public var maxBodyBytes = 16 << 20
  /// Bytes of a body after which it is received at a measured pace, so that a server that sends without end takes
  /// little of the machine from the others: `pace`.
  public var unpacedBytes = 1 << 20
  /// Bytes a second; more where a body of `maxBodyBytes` would else not come in half of `totalTimeout`.
  public var pace = 4 << 20
  /// Bytes of all header lines of one answer.
  public var maxHeaderBytes = 128 << 10
  /// Redirects that one fetch follows.
  public var maxRedirects = 5
  /// How many times larger than its compressed form a body over 1 MiB may be.
  public var maxDecompressionRatio = 200
  /// What a sink may hold of one body without having released it, in bytes; the transfer pauses above.
  public var maxOutstandingBytes = 512 << 10
  /// The longest pause: a sink that releases nothing for so long is given up.
  public var maxPause = Duration.seconds(600)
  /// `User-Agent` of requests that name none.
  public var userAgent = "Precis/0.1"
  /// An http, https or socks5 proxy; nil: none, also where the environment names one.
  public var proxy: String?
  /// Networks that may be reached although they are not public.
  public var allowAddresses: [AddressRange] = []
  /// A file of CA certificates in PEM; nil: the system's.
  public var caBundle: String?
  /// Which addresses of a name are used.
  public var ipFamily = IPFamily.any
  /// Answers to name look-ups instead of the resolver's, as `CURLOPT_RESOLVE` takes them: for tests.
  var nameOverrides: [String] = []

  /// The defaults, as given at each property.
  public init() {}

  /// The pace for bodies of at most so many bytes.
  func pace(bodyLimit: Int) -> Int {
    let (twice, overflow) = bodyLimit.multipliedReportingOverflow(by: 2000)
    return overflow ? .max : max(pace, twice / max(1, totalTimeout.milliseconds))
  }

  /// Which addresses of a name are used.
  public enum IPFamily: Sendable {
    /// Whichever answers first (RFC 8305).
    case any
    /// IPv4 alone.
    case ipv4
    /// IPv6 alone.
    case ipv6
  }
}
