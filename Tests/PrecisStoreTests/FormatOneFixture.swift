/// A small store as the first release of format 1 wrote it; it must open for ever.
enum FormatOne {
  // Lines of a file are kept as they are.
  // swift-format-ignore
  static let manifest = #"{"format":1,"last_seq":4,"last_state_seq":1,"segments":[{"file":"entries/000001.ndjson","records":4,"bytes":2004,"first_seq":1,"last_seq":4}],"state":[{"file":"state/000001.ndjson","records":1,"bytes":246,"first_seq":1,"last_seq":1}],"crc":"038e7070"}"#
  // swift-format-ignore
  static let entries = [
    #"{"seq":1,"id":"8aba789dfcd671dde4f9a0d5","revision":1,"url":"https://example.org/articles/1","title":"Article 1","source":{"name":"Example","feed_url":"https://example.org/feed"},"feed_id":"f79f6fa02cba5f29","authors":[],"date_published":"2026-09-21T00:00:00Z","date_synced":"2026-10-01T00:00:00Z","fields":[],"word_count":3,"key_insights":[],"principles":[],"in_practice":[],"topics":["Numbers"],"code_references":[],"best_for":[],"related":[],"attachments":[],"duplicates":[],"provenance":{},"identity":{"fingerprint":"00000000000003e9","keys":["227ba5f2c6c9109f","dd6d5632fe405437"]},"crc":"353f87e4"}"#,
    #"{"seq":2,"kept":true,"id":"b922f572850ede9bbf6dea50","revision":1,"url":"https://example.org/articles/2","title":"Article 2","source":{"name":"Example","feed_url":"https://example.org/feed"},"feed_id":"f79f6fa02cba5f29","authors":[],"date_published":"2026-09-22T00:00:00Z","date_synced":"2026-10-01T00:00:00Z","fields":[],"word_count":3,"key_insights":[],"principles":[],"in_practice":[],"topics":["Numbers"],"code_references":[],"best_for":[],"related":[],"attachments":[],"duplicates":[],"provenance":{},"identity":{"fingerprint":"00000000000007d1","keys":["08f225fe08e94a5b","d5f99b2ae9ef2515"]},"crc":"0af52bd7"}"#,
    #"{"seq":3,"id":"8aba789dfcd671dde4f9a0d5","revision":2,"url":"https://example.org/articles/1","title":"Article 1","source":{"name":"Example","feed_url":"https://example.org/feed"},"feed_id":"f79f6fa02cba5f29","authors":[],"date_published":"2026-09-21T00:00:00Z","date_synced":"2026-10-01T00:00:00Z","fields":[],"word_count":3,"key_insights":[],"principles":[],"in_practice":[],"topics":["Numbers"],"code_references":[],"best_for":[],"related":[],"attachments":[],"duplicates":[],"provenance":{},"identity":{"fingerprint":"00000000000003ea","keys":["227ba5f2c6c9109f","dd6d5632fe405437"]},"crc":"e2eb2ac4"}"#,
    #"{"seq":4,"deleted":true,"id":"99ebd08cea24df7e1f3c7e6a","feed_id":"f79f6fa02cba5f29","identity":{"fingerprint":"0000000000000bb9","keys":["3d3ee11c2fbf7f6a"]},"crc":"013f3840"}"#
  ]
  // swift-format-ignore
  static let state = #"{"seq":1,"id":"99fc76f9d4fe444a","url":"https://example.org/feed/1","date_added":"2026-09-21T14:13:20Z","title":"Feed 1","status":"active","counts":{"polls":1,"not_modified":0,"failures":0,"bytes":0,"articles":0,"latency_ms":0},"crc":"a37d1e54"}"#
}
