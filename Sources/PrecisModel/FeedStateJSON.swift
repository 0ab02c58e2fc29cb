import PrecisJSON

extension FeedState {
  /// Writes the state as one JSON object.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    writeMembers(to: &json)
    json.endObject()
  }

  /// Writes the members alone, for a caller that puts members of its own around them; those that only the next request
  /// needs (validators and the body's hash) may be left out.
  public func writeMembers(to json: inout JSONWriter, withRequest: Bool = true) {
    if withRequest, !head.isEmpty { head.write(to: &json) } else { writeHead(to: &json, withRequest) }
    if let move {
      json.key("move")
      json.beginObject()
      json.field("target", move.target)
      json.field("count", move.count)
      json.moment("since", move.since)
      json.endObject()
    }
    json.moment("last_polled", lastPolled)
    json.moment("last_success", lastSuccess)
    json.moment("last_changed", lastChanged)
    json.moment("next_due", nextDue)
    json.field("due_reason", dueReason?.rawValue)
    json.moment("not_before", notBefore)
    json.field("ttl_minutes", hints.ttlMinutes)
    if !hints.skipHours.isEmpty { json.ints("skip_hours", hints.skipHours) }
    if !hints.skipDays.isEmpty { json.ints("skip_days", hints.skipDays) }
    json.field("update_period", hints.updatePeriod)
    json.field("max_age", hints.maxAge)
    json.field("window", hints.window)
    json.field("publish_interval", publishInterval)
    if let failure {
      json.key("failure")
      json.beginObject()
      json.field("kind", failure.kind)
      json.field("message", failure.message)
      json.field("http_status", failure.httpStatus)
      json.field("count", failure.count)
      json.moment("since", failure.since)
      json.endObject()
    }
    json.key("counts")
    json.beginObject()
    json.field("polls", counts.polls)
    json.field("not_modified", counts.notModified)
    json.field("failures", counts.failures)
    json.field("bytes", counts.bytes)
    json.field("articles", counts.articles)
    json.field("latency_ms", counts.latencyMilliseconds)
    json.endObject()
    json.field("hub_url", hubURL)
    guard !wantedPages.isEmpty else { return }
    json.key("wanted_pages")
    json.beginArray()
    for page in wantedPages { page.write(to: &json) }
    json.endArray()
  }

  /// Writes the members that a poll which finds nothing new leaves as they are.
  private func writeHead(to json: inout JSONWriter, _ withRequest: Bool) {
    json.key("id")
    json.plainString(length: FeedID.textLength) { id.write(to: $0) }
    json.field("url", url)
    if subscribedURL != url { json.field("subscribed_url", subscribedURL) }
    json.moment("date_added", dateAdded)
    json.field("title", title)
    json.field("title_override", titleOverride)
    json.field("home_page_url", homePageURL)
    json.field("folder", folder)
    json.field("status", status.rawValue)
    if withRequest, let validators {
      json.key("validators")
      json.beginObject()
      json.field("url", validators.url)
      json.field("etag", validators.etag)
      json.field("last_modified", validators.lastModified)
      json.endObject()
    }
    if withRequest { json.field("body_hash", bodyHash) }
  }

  /// Reads a line of the state log, whole and true as it was found to be; nil where it holds no state.
  ///
  /// What this version wrote, which is nearly all, is read in the order in which it was written; the rest as any JSON.
  public init?(line: UnsafeRawBufferPointer, extent: Extent = .whole) {
    let bytes = line.bindMemory(to: UInt8.self)
    var places = FeedStateLine.Places()
    self.init()
    if !read(ordered: bytes, extent, &places) {
      guard let json = try? JSONParser.parse(bytes) else { return nil }
      self.init(json: json)
    }
  }

  /// Fills a state that nothing was read into; false where anything is not as ``writeMembers(to:withRequest:)`` writes it,
  /// or more is to be read than `extent` says.
  mutating func read(
    ordered bytes: UnsafeBufferPointer<UInt8>, _ extent: Extent, _ places: inout FeedStateLine.Places
  ) -> Bool {
    let (isWhole, isPlan, isHealth) = (extent == .whole, extent == .plan, extent == .health)
    isPartial = !isWhole
    guard var json = JSONMemberReader(bytes), json.int("seq") != nil else { return false }
    places.first = json.position + 1
    guard let id = json.bytes("id").flatMap({ FeedID(utf8: $0) }) else { return false }
    self.id = id
    if isHealth {
      guard json.skip("url") else { return false }
    } else {
      guard let url = json.string("url") else { return false }
      self.url = url
    }
    subscribedURL = json.string("subscribed_url") ?? url
    if isHealth, subscribedURL != url { return false }
    if isPlan {
      guard json.skip("date_added") else { return false }
    } else {
      guard let added = json.moment("date_added") else { return false }
      dateAdded = added
    }
    title = json.string("title", if: isWhole)
    titleOverride = json.string("title_override", if: isWhole)
    homePageURL = json.string("home_page_url", if: isWhole)
    folder = json.string("folder", if: isWhole)
    guard let status = json.bytes("status").flatMap({ Status(utf8: $0) }) else { return false }
    self.status = status
    if isHealth, status != .active { return false }
    places.request = json.position
    if json.open("validators") {
      if isWhole {
        guard let address = json.string("url", sharing: url) else { return false }
        validators = Validators(
          url: address, etag: json.string("etag"), lastModified: json.string("last_modified"))
      } else {
        guard json.skip("url") else { return false }
        json.skip("etag")
        json.skip("last_modified")
        validators = Validators(url: "", etag: nil, lastModified: nil)
      }
      guard json.close() else { return false }
    }
    bodyHash = json.string("body_hash", if: isWhole)
    places.rest = json.position
    if json.open("move") {
      guard let target = json.string("target"), let count = json.int("count"),
        let since = json.moment("since"), json.close()
      else { return false }
      move = Move(target: target, count: count, since: since)
    }
    lastPolled = json.moment("last_polled", if: !isHealth)
    lastSuccess = json.moment("last_success", if: isWhole)
    lastChanged = json.moment("last_changed", if: !isPlan)
    nextDue = json.moment("next_due", if: !isHealth)
    dueReason = json.bytes("due_reason").flatMap { PollReason(utf8: $0) }
    notBefore = json.moment("not_before", if: !isHealth)
    hints.ttlMinutes = json.int("ttl_minutes")
    hints.skipHours = json.ints("skip_hours") ?? []
    hints.skipDays = json.ints("skip_days") ?? []
    hints.updatePeriod = json.int("update_period")
    hints.maxAge = json.int("max_age")
    hints.window = json.int("window")
    publishInterval = json.int("publish_interval")
    if json.open("failure") {
      guard let kind = json.string("kind"), let message = json.string("message") else { return false }
      let status = json.int("http_status")
      guard let count = json.int("count"), let since = json.moment("since"), json.close() else {
        return false
      }
      failure = Failure(kind: kind, message: message, httpStatus: status, count: count, since: since)
    }
    guard json.open("counts") else { return false }
    // Pages that are wanted stand at the end; few feeds have some, and are read whole.
    if isPlan { return !FeedStateLine.endsInArray(bytes) }
    counts.polls = json.int("polls") ?? 0
    counts.notModified = json.int("not_modified") ?? 0
    counts.failures = json.int("failures") ?? 0
    counts.bytes = json.int("bytes") ?? 0
    counts.articles = json.int("articles") ?? 0
    counts.latencyMilliseconds = json.int("latency_ms") ?? 0
    guard json.close() else { return false }
    hubURL = json.string("hub_url", if: isWhole)
    places.end = json.position
    guard json.skip("crc"), json.isClosed else { return false }
    if isWhole { head.take(bytes[places.first..<places.rest]) }
    return true
  }

  /// Reads a state that `write(to:)` wrote; nil where `id`, `url`, `date_added` or `status` is absent or wrong.
  public init?(json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ FeedID($0) }), let url = json["url"]?.string,
      let added = json.moment("date_added"),
      let status = json["status"]?.string.flatMap({ Status(rawValue: $0) })
    else { return nil }
    self.init(id: id, url: url, dateAdded: added)
    self.status = status
    subscribedURL = json["subscribed_url"]?.string ?? url
    title = json["title"]?.string
    titleOverride = json["title_override"]?.string
    homePageURL = json["home_page_url"]?.string
    folder = json["folder"]?.string
    if let v = json["validators"], let url = v["url"]?.string {
      validators = Validators(url: url, etag: v["etag"]?.string, lastModified: v["last_modified"]?.string)
    }
    bodyHash = json["body_hash"]?.string
    if let m = json["move"], let target = m["target"]?.string, let since = m.moment("since") {
      move = Move(target: target, count: m["count"]?.int ?? 1, since: since)
    }
    lastPolled = json.moment("last_polled")
    lastSuccess = json.moment("last_success")
    lastChanged = json.moment("last_changed")
    nextDue = json.moment("next_due")
    dueReason = json["due_reason"]?.string.flatMap { PollReason(rawValue: $0) }
    notBefore = json.moment("not_before")
    hints.ttlMinutes = json["ttl_minutes"]?.int
    hints.skipHours = (json["skip_hours"]?.array ?? []).compactMap(\.int)
    hints.skipDays = (json["skip_days"]?.array ?? []).compactMap(\.int)
    hints.updatePeriod = json["update_period"]?.int
    hints.maxAge = json["max_age"]?.int
    hints.window = json["window"]?.int
    publishInterval = json["publish_interval"]?.int
    if let f = json["failure"], let kind = f["kind"]?.string, let since = f.moment("since") {
      failure = Failure(
        kind: kind, message: f["message"]?.string ?? "", httpStatus: f["http_status"]?.int,
        count: f["count"]?.int ?? 1, since: since)
    }
    if let c = json["counts"] {
      counts.polls = c["polls"]?.int ?? 0
      counts.notModified = c["not_modified"]?.int ?? 0
      counts.failures = c["failures"]?.int ?? 0
      counts.bytes = c["bytes"]?.int ?? 0
      counts.articles = c["articles"]?.int ?? 0
      counts.latencyMilliseconds = c["latency_ms"]?.int ?? 0
    }
    hubURL = json["hub_url"]?.string
    wantedPages = (json["wanted_pages"]?.array ?? []).compactMap { WantedPage(json: $0) }
  }
}

extension JSONValue {
  func moment(_ key: String) -> Timestamp? {
    self[key]?.string.flatMap { Timestamp(rfc3339: $0) }
  }
}

extension JSONMemberReader {
  @inline(__always)
  fileprivate mutating func moment(_ key: StaticString) -> Timestamp? {
    bytes(key).flatMap { Timestamp(utc: $0) }
  }

  /// As ``moment(_:)``; one that is not wanted is passed over.
  @inline(__always)
  fileprivate mutating func moment(_ key: StaticString, if isWanted: Bool) -> Timestamp? {
    if isWanted { return moment(key) }
    skip(key)
    return nil
  }

  /// As ``string(_:)``; one that is not wanted is passed over.
  @inline(__always)
  fileprivate mutating func string(_ key: StaticString, if isWanted: Bool) -> String? {
    if isWanted { return string(key) }
    skip(key)
    return nil
  }
}

extension JSONWriter {
  mutating func moment(_ key: StaticString, _ value: Timestamp?) {
    guard let value else { return }
    self.key(key)
    plainString(length: Timestamp.textLength) { value.write(to: $0) }
  }

  fileprivate mutating func ints(_ key: StaticString, _ values: [Int]) {
    self.key(key)
    beginArray()
    for value in values { int(value) }
    endArray()
  }
}
