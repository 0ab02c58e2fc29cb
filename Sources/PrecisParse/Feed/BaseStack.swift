import Glibc
import PrecisURL

/// The addresses that relative addresses are resolved against: the document's, then `xml:base` upon `xml:base`.
struct BaseStack {
  private var texts: [String?]
  private var urls: [WebURL?]
  /// The place of the innermost.
  private var last: Int = 0

  init(document: String?) {
    texts = [document]
    urls = [document.flatMap { WebURL($0) }]
  }

  /// Adds a base that is itself relative to the innermost; returns its place.
  mutating func push(_ text: String) -> Int {
    let url = WebURL(text, base: urls.last ?? nil)
    texts.append(url?.text ?? texts.last ?? nil)
    urls.append(url ?? urls.last ?? nil)
    last += 1
    return last
  }

  /// Forgets the bases beyond a place.
  @inline(__always)
  mutating func release(to place: Int) {
    guard last > place else { return }
    texts.removeLast(last - place)
    urls.removeLast(last - place)
    last = place
  }

  /// The base at a place.
  func text(at place: Int) -> String? { texts[min(place, last)] }

  /// Whether it is an address of http or https without line breaks: nothing is to be resolved.
  static func isPlainWeb(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 8, let start = bytes.baseAddress, memcmp(start, "http", 4) == 0 else { return false }
    guard memcmp(start + 4, "://", 3) == 0 || memcmp(start + 4, "s://", 4) == 0 else { return false }
    // Vectorised: no early end.
    var lowest: UInt8 = 0xFF
    for byte in bytes { lowest = min(lowest, byte) }
    return lowest >= 0x20
  }

  /// An address made absolute; as it is where that cannot be.
  func resolve(_ text: String, at place: Int) -> String {
    if text.utf8.starts(with: "http://".utf8) || text.utf8.starts(with: "https://".utf8) {
      return text.withoutLineBreaks
    }
    return WebURL(text, base: urls[min(place, last)])?.text ?? text.withoutLineBreaks
  }
}

extension String {
  /// Without XML white space at both ends.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else { return self }
    let start = utf8.firstIndex { $0 > 0x20 } ?? endIndex
    let end = utf8.lastIndex { $0 > 0x20 }.map { utf8.index(after: $0) } ?? endIndex
    return start < end ? String(self[start..<end]) : ""
  }

  /// Without line breaks and tabs, which URLs are often wrapped with.
  var withoutLineBreaks: String {
    guard utf8.contains(where: { $0 < 0x20 }) else { return self }
    return String(decoding: utf8.filter { $0 >= 0x20 }, as: UTF8.self)
  }

  /// nil where nothing is left.
  var nonEmpty: String? { isEmpty ? nil : self }
}
