import Synchronization

/// The bytes of bodies that wait for the parser: where it is the slower, they would pile up.
final class UnreadBodies: Sendable {
  /// How much lies there.
  enum Amount { case none, some, enough }

  private let bytes = Atomic<Int>(0)

  /// So many that the parser has work for a while: more would only lie in memory.
  private static let enough = 1 << 20

  var amount: Amount {
    switch bytes.load(ordering: .relaxed) {
    case ...0: .none
    case ..<Self.enough: .some
    default: .enough
    }
  }

  func add(_ count: Int) { bytes.add(count, ordering: .relaxed) }

  func remove(_ count: Int) { bytes.subtract(count, ordering: .relaxed) }
}
