import PrecisJSON

/// The members of a state's line from `id` to `body_hash` as they stand there, to be handed on instead of written anew; empty
/// once one of them has been set. Any two are equal: it says nothing that the state does not.
struct LineHead: Equatable, Sendable {
  private var bytes: [UInt8] = []

  var isEmpty: Bool { bytes.isEmpty }

  /// Takes the members over.
  mutating func take(_ members: Slice<UnsafeBufferPointer<UInt8>>) { bytes = Array(members) }

  /// A member is another now.
  mutating func forget() { if !bytes.isEmpty { bytes = [] } }

  func write(to json: inout JSONWriter) {
    bytes.withUnsafeBufferPointer { json.raw($0) }
  }

  static func == (left: LineHead, right: LineHead) -> Bool { true }
}
