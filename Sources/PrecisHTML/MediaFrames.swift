import PrecisURL

/// Frames that show a film, a piece of music or code of the article. Most other frames are advertisements.
enum MediaFrames {
  /// Hosts whose frames are players, with all hosts below them.
  private static let hosts: Set<String> = [
    "archive.org", "asciinema.org", "bandcamp.com", "bilibili.com", "brightcove.net", "codepen.io",
    "codesandbox.io", "coub.com", "dailymotion.com", "deezer.com", "embed.music.apple.com",
    "embed.podcasts.apple.com", "gist.github.com", "jsfiddle.net", "libsyn.com", "loom.com", "megaphone.fm",
    "mixcloud.com", "music.apple.com", "nicovideo.jp", "observablehq.com", "player.twitch.tv",
    "podcasts.apple.com", "rumble.com", "rutube.ru", "simplecast.com", "slideshare.net", "soundcloud.com",
    "speakerdeck.com", "spotify.com", "spreaker.com", "stackblitz.com", "streamable.com", "ted.com",
    "tidal.com", "transistor.fm", "vimeo.com", "wistia.com", "wistia.net", "youku.com",
    "youtube-nocookie.com", "youtube.com", "youtu.be",
  ]

  /// Beginnings of paths at which the same player stands on many hosts (PeerTube).
  private static let paths = ["/videos/embed/"]

  /// Whether a frame's address is that of a player.
  static func isPlayer(_ url: WebURL) -> Bool {
    // No name is longer (RFC 1035 section 2.3.4).
    guard let host = url.host, host.utf8.count <= 253 else { return false }
    if paths.contains(where: { url.path.hasPrefix($0) }) { return true }
    var name = Substring(host)
    while true {
      if hosts.contains(String(name)) { return true }
      guard let dot = name.firstIndex(of: ".") else { return false }
      name = name[name.index(after: dot)...]
    }
  }
}
