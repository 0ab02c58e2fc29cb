/// Remembers what the names of one document mean, by their interned pointers.
///
/// A document has a few dozen names, and libxml2 gives each of them one address, so a small table of addresses
/// spares comparing names at every tag.
struct ElementCache {
  struct Known {
    var local: UInt
    var space: UInt
    var element: Element
    var vocabulary: Vocabulary
  }

  private var slots = [Known?](repeating: nil, count: 256)
  /// The namespace of the document's root: whatever it is, it is the feed's own vocabulary.
  var rootNamespace: String?

  /// What a name means.
  mutating func lookUp(_ name: XMLName) -> Known {
    let local = UInt(bitPattern: name.local)
    // Without an address the prefix tells; its pointer cannot be one of an address.
    let space = UInt(bitPattern: name.namespace ?? name.prefix)
    let slot = Int(truncatingIfNeeded: (local >> 3 ^ local >> 11 ^ space >> 5) & 255)
    if let known = slots[slot], known.local == local, known.space == space { return known }
    let known = resolve(name, local, space)
    slots[slot] = known
    return known
  }

  /// Forgets all names, after `rootNamespace` was set.
  mutating func forget() { for index in slots.indices { slots[index] = nil } }

  private func resolve(_ name: XMLName, _ local: UInt, _ space: UInt) -> Known {
    let vocabulary = self.vocabulary(of: name)
    let text = name.localText.lowercased()
    var element = Element.named(text, in: vocabulary)
    if vocabulary == .core, element == .unknown || element == .title, text == "textinput" {
      element = .textInput
    }
    return Known(local: local, space: space, element: element, vocabulary: vocabulary)
  }

  private func vocabulary(of name: XMLName) -> Vocabulary {
    let prefix = name.prefix.map { String(cString: $0) }
    guard let namespace = name.namespace.map({ String(cString: $0) }) else {
      return prefix.map { Vocabulary.customary($0) ?? .other } ?? .core
    }
    if let known = Vocabulary.named(namespace) { return known }
    if let prefix, let customary = Vocabulary.customary(prefix) { return customary }
    return namespace == rootNamespace ? .core : .other
  }
}
