import Glibc
import PrecisHTML
import PrecisJSON
import PrecisParse

/// Which reader is fuzzed: `PRECIS_FUZZ` is feed, json, date, opml or html.
private let target = getenv("PRECIS_FUZZ").map { String(cString: $0) } ?? "feed"

/// libFuzzer's entry. It never fails of itself: crashes, traps and what breaks a promise are findings.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  switch target {
  case "date": fuzzDate(bytes)
  case "opml": fuzzOPML(bytes)
  case "html": fuzzHTML(bytes)
  default: fuzzFeed(bytes)
  }
  return 0
}

/// The first byte chooses how the document is cut; the result must not depend on it.
private func fuzzFeed(_ bytes: [UInt8]) {
  guard let seed = bytes.first else { return }
  let document = Array(bytes.dropFirst())
  var limits = ParseLimits()
  limits.maxEntries = 500
  limits.maxExpansion = 4096
  let whole = parse(document, step: document.count + 1, limits)
  let pieces = parse(document, step: Int(seed % 61) + 1, limits)
  if whole != pieces {
    print("cut into \(Int(seed % 61) + 1):\n\(pieces)\nwhole:\n\(whole)")
    abort()
  }
}

/// What a document gives, as text.
private func parse(_ bytes: [UInt8], step: Int, _ limits: ParseLimits) -> String {
  var out = ""
  let parser = FeedParser(url: "http://example.org/a/", limits: limits) { entry in
    out += "\(entry)\n"
  }
  bytes.withUnsafeBufferPointer { all in
    var at = 0
    while at < all.count {
      let end = min(all.count, at + step)
      parser.consume(UnsafeBufferPointer(rebasing: all[at..<end]))
      at = end
    }
  }
  do throws(ParseError) {
    out += "\(try parser.finish())\n"
  } catch {
    out += "\(error)\n"
  }
  return out
}

private func fuzzDate(_ bytes: [UInt8]) {
  guard let date = FeedDate.parse(String(decoding: bytes, as: UTF8.self)) else { return }
  // Whatever was read is a moment that can be written.
  _ = date.description
}

private func fuzzOPML(_ bytes: [UInt8]) {
  guard let list = try? OPML.read(bytes) else { return }
  let text = OPML.write(title: list.title ?? "", outlines: list.outlines, date: .init(seconds: 0))
  guard let again = try? OPML.read(Array(text.utf8)) else { abort() }
  if again.outlines.count != list.outlines.count { abort() }
}

private func fuzzHTML(_ bytes: [UInt8]) {
  let html = String(decoding: bytes, as: UTF8.self)
  let clean = HTMLCleaner().clean(html, baseURL: nil)
  let lower = clean.html.lowercased()
  for forbidden in [
    "<script", "<style", "<iframe", "<svg", "<math", "<form", "<object", "<embed", "<template",
  ]
  where lower.contains(forbidden) {
    print("let through: \(forbidden)\n\(clean.html)")
    abort()
  }
  // Cleaning what is clean changes nothing.
  let again = HTMLCleaner().clean(clean.html, baseURL: nil)
  if again.html != clean.html {
    print("not stable:\n\(clean.html)\n\(again.html)")
    abort()
  }
}
