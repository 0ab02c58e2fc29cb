import PrecisDigest
import PrecisModel

/// A text that is put together only to be hashed.
struct HashedText {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(256) }

  /// The first eight bytes of the digest.
  var hash: UInt64 { bytes.withUnsafeBytes(SHA256.prefix64) }

  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func add(_ mark: StaticString, _ text: String) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount))
    bytes.append(contentsOf: text.utf8)
  }

  /// The digits of a feed's id.
  mutating func add(_ feed: FeedID) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: FeedID.textLength) { digits in
      feed.write(to: digits)
      bytes.append(contentsOf: digits)
    }
  }

  /// Leaves the first bytes alone.
  mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }
}
