import PrecisModel

/// Reads feeds' states in the order in which they lie in the files, a window at a time: one read serves hundreds.
struct StateScan {
  private let files: StoreDirectory
  private var file: StoreFile?
  private var segment: UInt32 = 0
  private var window: [UInt8] = []
  /// The file offset of `window[0]`.
  private var start = 0

  private static let windowBytes = 256 << 10

  init(_ files: StoreDirectory) { self.files = files }

  /// The state at a place; places that ascend are read fastest.
  mutating func state(
    at place: LineLocation, _ extent: FeedState.Extent = .whole
  ) throws(StoreError) -> FeedState {
    try withLine(at: place) { (line) throws(StoreError) in
      try StoredState.read(line, extent, place: Self.name(of: place))
    }
  }

  /// Hands on the bytes of the line at a place, not checked yet.
  mutating func withLine<Value>(
    at place: LineLocation, _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let length = Int(place.length)
    if file == nil || segment != place.segment {
      file = try files.open(Self.name(of: place), .read)
      segment = place.segment
      window = []
    }
    var from = Int(place.offset) - start
    if from < 0 || from + length > window.count, let file {
      start = Int(place.offset)
      from = 0
      window = try file.read(count: max(length, Self.windowBytes), at: start)
    }
    guard from + length <= window.count else {
      throw .damaged(
        file: Self.name(of: place), line: 0, reason: "it ends before a line that was written")
    }
    return try window.withUnsafeBufferPointer { (bytes) throws(StoreError) in
      try body(UnsafeRawBufferPointer(bytes).part(from..<(from + length)))
    }
  }

  static func name(of place: LineLocation) -> String {
    "state/" + StoreDirectory.segmentName(Int(place.segment))
  }
}
