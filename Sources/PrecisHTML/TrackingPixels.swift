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

  /// Whether an address is that of a counter.
  static func isTracker(_ url: String) -> Bool {
    marks.contains { mark in
      mark.withUTF8Buffer { needle in
        var url = url
        return url.withUTF8 { hay in
          guard hay.count >= needle.count else { return false }
          return (0...(hay.count - needle.count)).contains { at in
            hay[at] == needle[0]
              && UnsafeBufferPointer(rebasing: hay[at..<(at + needle.count)]).elementsEqual(needle)
          }
        }
      }
    }
  }
}
