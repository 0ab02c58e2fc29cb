import PrecisURL

/// The one form of a page's address, for showing it and for recognising it.
public enum CanonicalURL {
  /// An address without what says nothing of the page: tracking parameters, fragment, credentials, default
  /// port.
  ///
  /// Links through known redirectors and AMP caches are replaced by what they lead to. The scheme, `www.` and
  /// a trailing slash stay, for they can matter to the server. A fragment stays where it is a route (`#!…`,
  /// `#/…`). Addresses that are not http or https are returned as they are written, without a fragment. nil
  /// where the text is no absolute address.
  public static func canonical(_ url: String) -> String? { AddressMemory.address(url)?.canonical }

  /// What two addresses of one page have in common, for matching only: it is no address.
  ///
  /// Beyond ``canonical(_:)``: no scheme, no `www.`, `m.`, `mobile.` or `amp.` before the host, no trailing
  /// slash or index file, no AMP suffix after an article's path, query parameters sorted by name. nil where
  /// the text is no absolute address.
  public static func key(_ url: String) -> String? { AddressMemory.address(url)?.key }

  /// Whether the address is that of one page rather than of a whole site: it has a path, a query or a route.
  public static func isPage(_ url: String) -> Bool { AddressMemory.address(url)?.isPage ?? false }

  /// The key's path and query without the host, for recognising a page whose site moved; nil for a site's
  /// root.
  static func pathKey(_ url: String) -> String? { AddressMemory.address(url)?.pathKey }

  /// The host without `www.`; nil where there is none.
  public static func site(_ url: String) -> String? {
    guard let parsed = WebURL(url), let parts = PageAddress(parsed) else { return nil }
    return parts.keyHost
  }

  /// An address that is not one of http or https, without its fragment.
  static func other(_ url: WebURL) -> String {
    let text = url.text
    guard url.fragment != nil, let hash = text.utf8.firstIndex(of: 0x23) else { return text }
    return String(text[..<hash])
  }
}
