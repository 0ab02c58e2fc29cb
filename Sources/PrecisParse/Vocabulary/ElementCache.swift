/// Remembers what the names of one document mean.
///
/// A document has a few dozen names. To compare their keys costs less than finding out what a name means at every
/// tag; names that a key does not hold are looked up each time.
struct ElementCache {
  /// What a name means.
  struct Known {
    var element: Element
    var vocabulary: Vocabulary
  }

  private struct Slot {
    var name = NameKey()
    var namespace = -1
    var known = Known(element: .unknown, vocabulary: .core)
  }

  private var slots = [Slot](repeating: Slot(), count: 128)
  /// The namespace of the document's root: whatever it is, it is the feed's own vocabulary.
  var rootNamespace: String?

  /// What a name means.
  mutating func lookUp(_ name: XMLName, _ namespaces: NamespaceTable) -> Known {
    let namespace = name.namespace ?? -1
    let place = name.key.slot(namespace: namespace)
    let isKnown = slots.withUnsafeBufferPointer { slots in
      slots[place].namespace == namespace && slots[place].name == name.key
    }
    if isKnown { return slots[place].known }
    let known = resolve(name, namespaces)
    if 1...NameKey.exactLength ~= name.key.length {
      slots[place] = Slot(name: name.key, namespace: namespace, known: known)
    }
    return known
  }

  /// Forgets all names, after `rootNamespace` was set.
  mutating func forget() { for index in slots.indices { slots[index] = Slot() } }

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
