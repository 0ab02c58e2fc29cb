/// Remembers what the names of one document mean.
///
/// A document has a few dozen names. Up to 32 bytes of a name are compared as four words, which costs less than
/// finding out what it means at every tag; longer names are looked up each time.
struct ElementCache {
  /// What a name means.
  struct Known {
    var element: Element
    var vocabulary: Vocabulary
  }

  /// A name of at most 32 bytes as words of eight that overlap, its length, and its namespace.
  private struct Key: Equatable {
    var a: UInt64 = 0
    var b: UInt64 = 0
    var c: UInt64 = 0
    var d: UInt64 = 0
    var length = 0
    var namespace = -1

    init() {}

    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>, _ start: UnsafePointer<UInt8>, namespace: Int) {
      let bytes = UnsafeRawPointer(start)
      let count = name.count
      if count >= 8 {
        a = bytes.loadUnaligned(as: UInt64.self)
        b = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        if count > 16 {
          c = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
          d = bytes.loadUnaligned(fromByteOffset: count - 16, as: UInt64.self)
        }
      } else {
        for byte in name { a = a << 8 | UInt64(byte) }
      }
      length = count
      self.namespace = namespace
    }

    var hash: Int {
      let sum = a &+ b &* 3 &+ c &* 5 &+ d &* 7 &+ UInt64(truncatingIfNeeded: length &+ namespace &* 97)
      return Int(truncatingIfNeeded: (sum &* 0x9E37_79B9_7F4A_7C15) >> 57)
    }
  }

  private var slots = [(key: Key, known: Known)](
    repeating: (Key(), Known(element: .unknown, vocabulary: .core)), count: 128)
  /// The namespace of the document's root: whatever it is, it is the feed's own vocabulary.
  var rootNamespace: String?

  /// What a name means.
  mutating func lookUp(_ name: XMLName, _ namespaces: NamespaceTable) -> Known {
    guard 1...32 ~= name.qualified.count, let bytes = name.qualified.baseAddress else {
      return resolve(name, namespaces)
    }
    let key = Key(name.qualified, bytes, namespace: name.namespace ?? -1)
    let slot = key.hash
    if slots[slot].key == key { return slots[slot].known }
    let known = resolve(name, namespaces)
    slots[slot] = (key, known)
    return known
  }

  /// Forgets all names, after `rootNamespace` was set.
  mutating func forget() { for index in slots.indices { slots[index].key = Key() } }

  private func resolve(_ name: XMLName, _ namespaces: NamespaceTable) -> Known {
    let vocabulary = self.vocabulary(of: name, namespaces)
    let text = name.localText.lowercased()
    var element = Element.named(text, in: vocabulary)
    if vocabulary == .core, element == .unknown || element == .title, text == "textinput" {
      element = .textInput
    }
    return Known(element: element, vocabulary: vocabulary)
  }

  private func vocabulary(of name: XMLName, _ namespaces: NamespaceTable) -> Vocabulary {
    let prefix = name.prefixText
    guard let namespace = name.namespace.map({ namespaces[$0] }) else {
      return prefix.map { Vocabulary.customary($0) ?? .other } ?? .core
    }
    if let place = name.namespace, let known = namespaces.vocabulary(at: place) { return known }
    if let prefix, let customary = Vocabulary.customary(prefix) { return customary }
    return namespace == rootNamespace ? .core : .other
  }
}
