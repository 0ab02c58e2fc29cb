import PrecisJSON

/// What manifest.json says: the format, and for every segment how much of it was durable when it was written.
public struct Manifest: Sendable, Equatable {
  /// The format that this version writes.
  public static let format = 1

  /// The last sequence number of the entries.
  public var lastSequence: Int64 = 0
  /// The last sequence number of the state log.
  public var lastStateSequence: Int64 = 0
  /// The segments of the entries, in order; the last one grows.
  public var entries: [Segment] = []
  /// The segments of the state log, in order; the last one grows.
  public var state: [Segment] = []
  /// A compaction under way.
  public var compaction: Compaction?

  /// A store without lines.
  public init() {}

  /// One file of lines.
  public struct Segment: Sendable, Equatable {
    /// Its number, which names it.
    public var number: Int
    /// Lines.
    public var records = 0
    /// Bytes, line feeds included.
    public var bytes = 0
    /// The sequence number of its first line; 0 where it has none.
    public var firstSequence: Int64 = 0
    /// The sequence number of its last line; 0 where it has none.
    public var lastSequence: Int64 = 0

    /// An empty segment.
    public init(number: Int) { self.number = number }

    /// Counts a line more.
    mutating func add(sequence: Int64, bytes count: Int) {
      if records == 0 { firstSequence = sequence }
      lastSequence = sequence
      records += 1
      bytes += count
    }
  }

  /// A rewrite of a segment: between the two manifests the file is the old one or the new one.
  public struct Compaction: Sendable, Equatable {
    /// What the segment will be.
    public var replacement: Segment
    /// Segments whose lines the replacement holds too, to be removed after it.
    public var removes: [Int]
  }
}

extension Manifest {
  static let name = "manifest.json"

  /// The document, sealed by a checksum as every line is.
  func render() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.field("format", Self.format)
    json.key("last_seq")
    json.int(lastSequence)
    json.key("last_state_seq")
    json.int(lastStateSequence)
    json.key("segments")
    json.beginArray()
    for segment in entries { segment.write(to: &json, folder: "entries") }
    json.endArray()
    json.key("state")
    json.beginArray()
    for segment in state { segment.write(to: &json, folder: "state") }
    json.endArray()
    if let compaction {
      json.key("compaction")
      json.beginObject()
      json.key("replacement")
      compaction.replacement.write(to: &json, folder: "entries")
      json.key("removes")
      json.beginArray()
      for number in compaction.removes { json.string("entries/" + StoreDirectory.segmentName(number)) }
      json.endArray()
      json.endObject()
    }
    var sealed = json.bytes
    StoreLine.seal(&sealed, from: 0)
    return sealed
  }

  /// Reads a store's manifest; nil where there is none.
  ///
  /// - Throws: `.wrongVersion` for a format that is not known; `.damaged` where it is not what was written.
  static func read(_ directory: StoreDirectory) throws(StoreError) -> Manifest? {
    guard var bytes = try directory.contents(name) else { return nil }
    while bytes.last == 0x0A { bytes.removeLast() }
    let json: JSONValue
    do throws(JSONError) { json = try JSONParser.parse(bytes) } catch {
      throw .damaged(file: name, line: error.line, reason: error.reason)
    }
    // The version comes first: a later format may seal its manifest in another way.
    guard let found = json["format"]?.int else {
      throw .damaged(file: name, line: 1, reason: "it names no format")
    }
    guard found == format else {
      throw .wrongVersion(directory: directory.path, found: found, known: format)
    }
    if let fault = bytes.withUnsafeBytes({ checksumFault($0) }) {
      throw .damaged(file: name, line: 1, reason: fault)
    }
    guard let manifest = Manifest(json: json) else {
      throw .damaged(file: name, line: 1, reason: "a member is missing or of the wrong type")
    }
    return manifest
  }

  private static func checksumFault(_ bytes: UnsafeRawBufferPointer) -> String? {
    let body = bytes.count - StoreLine.trailerLength
    guard body > 0, bytes.has(",\"crc\":\"", at: body),
      let written = bytes.hexadecimal(at: body + 8, digits: 8)
    else { return "it does not end in a checksum" }
    return UInt64(CRC32C.checksum(bytes.part(0..<body))) == written
      ? nil : "its checksum does not fit its bytes"
  }

  private init?(json: JSONValue) {
    guard let last = json["last_seq"]?.int, let lastState = json["last_state_seq"]?.int,
      let segments = json["segments"]?.array, let states = json["state"]?.array
    else { return nil }
    lastSequence = Int64(last)
    lastStateSequence = Int64(lastState)
    entries = segments.compactMap { Segment(json: $0) }
    state = states.compactMap { Segment(json: $0) }
    guard entries.count == segments.count, state.count == states.count else { return nil }
    if let pending = json["compaction"] {
      guard let replacement = pending["replacement"].flatMap({ Segment(json: $0) }) else { return nil }
      let removes = pending["removes"]?.strings.compactMap { Segment.number(ofPath: $0) } ?? []
      compaction = Compaction(replacement: replacement, removes: removes)
    }
  }
}

extension Manifest.Segment {
  fileprivate func write(to json: inout JSONWriter, folder: String) {
    json.beginObject()
    json.field("file", folder + "/" + StoreDirectory.segmentName(number))
    json.field("records", records)
    json.field("bytes", bytes)
    json.field("first_seq", Int(firstSequence))
    json.field("last_seq", Int(lastSequence))
    json.endObject()
  }

  fileprivate static func number(ofPath path: String) -> Int? {
    path.split(separator: "/").last.flatMap { StoreDirectory.segmentNumber(String($0)) }
  }

  fileprivate init?(json: JSONValue) {
    guard let number = json["file"]?.string.flatMap({ Self.number(ofPath: $0) }),
      let records = json["records"]?.int, let bytes = json["bytes"]?.int,
      let first = json["first_seq"]?.int, let last = json["last_seq"]?.int, bytes >= 0, records >= 0
    else { return nil }
    self.init(number: number)
    self.records = records
    self.bytes = bytes
    firstSequence = Int64(first)
    lastSequence = Int64(last)
  }
}
