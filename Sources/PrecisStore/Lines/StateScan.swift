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
  mutating func state(at place: LineLocation) throws(StoreError) -> FeedState {
    let name = "state/" + StoreDirectory.segmentName(Int(place.segment))
    let length = Int(place.length)
    if file == nil || segment != place.segment {
      file = try files.open(name, .read)
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
      throw .damaged(file: name, line: 0, reason: "it ends before a line that was written")
    }
    let outcome: Result<FeedState, StoreError> = window.withUnsafeBytes { bytes in
      do throws(StoreError) {
        return .success(try StoredState.read(bytes.part(from..<(from + length)), place: name))
      } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
