import Glibc

/// The addresses of the namespaces that a document declares, each with a number.
final class NamespaceTable {
  private var addresses: [String] = []
  private var vocabularies: [Vocabulary?] = []
  private var places: [String: Int] = [:]
  /// More than any honest document has; what comes after them shares one place.
  private static let maxCount = 1000

  /// The address at a place.
  subscript(place: Int) -> String { addresses[place] }

  /// The vocabulary of the address at a place; nil where it is none of ours.
  func vocabulary(at place: Int) -> Vocabulary? { vocabularies[place] }

  /// The place of an address.
  func place(of address: String) -> Int {
    if let place = places[address] { return place }
    let isFull = addresses.count >= Self.maxCount
    if isFull, addresses.count > Self.maxCount { return Self.maxCount }
    if !isFull { places[address] = addresses.count }
    addresses.append(isFull ? "" : address)
    vocabularies.append(isFull ? .other : Vocabulary.named(address))
    return addresses.count - 1
  }
}

/// Which namespace each prefix stands for, where we are.
struct NamespaceScope {
  private struct Binding {
    /// The prefix among `prefixes`; empty: the default.
    var prefix: Range<Int>
    /// Its place in the table; nil: `xmlns=""`.
    var namespace: Int?
    /// How many elements are open where it holds.
    var depth: Int
  }

  private var bindings: [Binding] = []
  private var prefixes: [UInt8] = []
  /// How many of the bindings are of the default.
  private var defaults = 0

  mutating func bind(_ prefix: UnsafeBufferPointer<UInt8>, to namespace: Int?, depth: Int) {
    let start = prefixes.count
    prefixes.append(contentsOf: prefix)
    if prefix.isEmpty { defaults += 1 }
    bindings.append(Binding(prefix: start..<prefixes.count, namespace: namespace, depth: depth))
  }

  /// Forgets what was bound by an element that so many elements are open in, itself included.
  @inline(__always)
  mutating func release(depth: Int) {
    while let last = bindings.last, last.depth >= depth {
      if last.prefix.isEmpty { defaults -= 1 } else { prefixes.removeLast(last.prefix.count) }
      bindings.removeLast()
    }
  }

  /// The namespace of a prefix; empty: the default.
  @inline(__always)
  func namespace(of prefix: UnsafeBufferPointer<UInt8>) -> Int? {
    prefix.isEmpty && defaults == 0 ? nil : innermost(of: prefix)
  }

  private func innermost(of prefix: UnsafeBufferPointer<UInt8>) -> Int? {
    prefixes.withUnsafeBufferPointer { bytes in
      for binding in bindings.reversed() where binding.prefix.count == prefix.count {
        if Self.isEqual(bytes, binding.prefix.lowerBound, prefix) { return binding.namespace }
      }
      return nil
    }
  }

  @inline(__always)
  private static func isEqual(
    _ all: UnsafeBufferPointer<UInt8>, _ start: Int, _ prefix: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<prefix.count where all[start + index] != prefix[index] { return false }
    return true
  }
}
