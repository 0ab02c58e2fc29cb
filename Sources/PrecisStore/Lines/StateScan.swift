import PrecisModel

/// Reads feeds' states at their places in the files. Where these follow one another, as they do when all feeds are polled
/// or looked at, it reads ahead, ever further: one read serves a hundred.
///
/// Lines are never changed where they lie; what was read while a group was written, or before one was cut off, is to be
/// forgotten once that is over.
struct StateScan {
  private let files: StoreDirectory
  private var file: StoreFile?
  private var segment: UInt32 = 0
  private var window: [UInt8] = []
  /// The file offset of `window[0]`.
  private var start = 0
  /// Bytes that are read at once for a line that lies soon after the window.
  private var ahead = 0

  private static let aheadLimit = 64 << 10
  /// Superseded lines lie between two that are wanted.
  private static let gap = 4096

  init(_ files: StoreDirectory) { self.files = files }

  /// Forgets what was read ahead.
  mutating func forget() { window = [] }

  /// The state at a place.
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
      start = Int(place.offset)
    }
    var from = Int(place.offset) - start
    if from < 0 || from + length > window.count, let file {
      ahead = 0...window.count + Self.gap ~= from ? min(max(ahead * 2, length * 4), Self.aheadLimit) : 0
      start = Int(place.offset)
      from = 0
      window = try file.read(count: max(length, ahead), at: start)
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
