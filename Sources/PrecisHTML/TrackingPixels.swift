import Glibc

/// Images that nobody is meant to see.
enum TrackingPixels {
  /// Parts of addresses at which counters are found, in the wild since 2010.
  private static let marks: [StaticString] = [
    "feeds.feedburner.com/~r/", "feeds.feedburner.com/~ff/", "feedsportal.com/", "feeds.wordpress.com/1.0/",
    "stats.wordpress.com/", "pixel.wp.com/", "medium.com/_/stat", "pixel.quantserve.com/",
    "b.scorecardresearch.com/",
    "google-analytics.com/", "doubleclick.net/", "ads.pheedo.com/", "pi.feedsportal.com/",
    "da.feedsportal.com/",
    "/utm.gif", "/pixel.gif", "/pixel.png", "/spacer.gif", "/blank.gif", "/beacon.gif", "rss-pixel.",
    "/o.gif?",
    "counter.theconversation.com/", "tracking.feedpress.it/", "matomo.php?", "piwik.php?",
  ]

  /// The marks by their first bytes.
  private static let byFirst: [[StaticString]] = {
    var table = [[StaticString]](repeating: [], count: 256)
    for mark in marks { table[Int(mark.utf8Start.pointee)].append(mark) }
    return table
  }()

  /// Whether an address is that of a counter.
  static func isTracker(_ url: [UInt8]) -> Bool {
    let table = byFirst
    return url.withUnsafeBufferPointer { hay in
      guard let start = hay.baseAddress else { return false }
      for at in hay.indices {
        for mark in table[Int(hay[at])] where mark.utf8CodeUnitCount <= hay.count - at {
          if memcmp(start + at, mark.utf8Start, mark.utf8CodeUnitCount) == 0 { return true }
        }
      }
      return false
    }
  }
}
