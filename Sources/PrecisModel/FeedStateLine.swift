import PrecisJSON

/// A line of the state log with what health is judged by read from it, for whoever hands its members on: nothing is
/// written anew that stands there already. Valid as long as the bytes are.
public struct FeedStateLine: ~Copyable {
  /// What was read: what health goes by (``FeedState/Extent/health``), or everything.
  public let state: FeedState
  private let bytes: UnsafeBufferPointer<UInt8>
  /// nil where the line is not as this version writes it.
  private let places: Places?

  /// Offsets in a line.
  struct Places {
    /// The first member after `seq`.
    var first = 0
    /// The comma before what only the next request needs.
    var request = 0
    /// The comma after that.
    var rest = 0
    /// The comma before the checksum.
    var end = 0
  }

  /// Whether the last member before the checksum, `,"crc":"01234567"}`, is an array.
  static func endsInArray(_ line: UnsafeBufferPointer<UInt8>) -> Bool { line.dropLast(18).last == 0x5D }

  /// A line, whole and true as it was found to be; nil where it holds no state.
  public init?(_ line: UnsafeRawBufferPointer) {
    bytes = line.bindMemory(to: UInt8.self)
    for extent in [FeedState.Extent.health, .whole] {
      var state = FeedState()
      var places = Places()
      guard state.read(ordered: bytes, extent, &places) else { continue }
      self.state = state
      self.places = places
      return
    }
    guard let state = FeedState(line: line) else { return nil }
    self.state = state
    places = nil
  }

  /// Writes the members that readers are given: all but validators and the body's hash. `id` comes first, then `url`.
  public func writeMembers(to json: inout JSONWriter) {
    guard let places else { return state.writeMembers(to: &json, withRequest: false) }
    json.raw(UnsafeBufferPointer(rebasing: bytes[places.first..<places.request]))
    guard places.rest < places.end else { return }
    json.raw(UnsafeBufferPointer(rebasing: bytes[(places.rest + 1)..<places.end]))
  }
}
