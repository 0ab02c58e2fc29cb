extension DeclaredFeed {
  /// The one table of all keys of a `[[feeds]]` table.
  static let settings: [Setting<DeclaredFeed>] = [
    Setting(
      key: "feeds.url", kind: .text, unit: "http or https", doc: "The feed's address. It must be there.",
      example: "\"https://www.interconnects.ai/feed\"",
      get: { $0.url.isEmpty ? nil : .string($0.url) }
    ) { feed, value in
      guard let url = value.string, url.utf8.count <= 8192,
        Notation.isAddress(url, schemes: ["https", "http"])
      else { return urlExpectation }
      feed.url = url
      return nil
    },
    .optionalString(
      "feeds.title", \.title, example: "Interconnects", "A title to show instead of the publisher's."),
    .optionalString(
      "feeds.folder", \.folder, example: "Research/Models", "A folder; a slash makes a folder in a folder."),
    .optionalDuration(
      "feeds.interval", \.interval, .seconds(60) ... .seconds(2_592_000), example: "6h",
      """
      A fixed interval, at least `schedule.minimum_interval`; servers and feeds may ask for more. Left out: it \
      follows the feed's rhythm within `[schedule]`.
      """),
    .optionalString(
      "feeds.user_agent", \.userAgent, example: "Mozilla/5.0 (compatible; Precis)",
      "The `User-Agent` for this feed alone."),
    .text(
      "feeds.credentials", \.credentials, example: "credential:members-feed",
      expected: "the path of a file, or \"credential:NAME\" for a systemd credential",
      write: { $0.text }, read: { Notation.isPrintable($0) ? CredentialReference($0) : nil },
      """
      Where the secret is read from: a file, or `credential:NAME` for a systemd credential (`LoadCredential=`). \
      It holds `user:password`, `Bearer TOKEN` or one header `Name: value`.
      """),
    .optionalSize(
      "feeds.max_body", \.maxBody, ByteSize(bytes: 1024)...ByteSize(mebibytes: 1024), example: "64 MiB",
      "A limit instead of `network.max_body`."),
    .optionalChoice(
      "feeds.fetch_pages", \.fetchPages, example: .never, "Instead of `curation.fetch_pages`."),
  ]

  /// What the address of a feed must be.
  static let urlExpectation = "an http or https address without credentials"
}
