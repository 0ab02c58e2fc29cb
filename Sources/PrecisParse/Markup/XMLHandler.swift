import CXML2

/// Takes the events of an XML document. Names and values are valid only during the call.
class XMLHandler {
  /// Tells the line of the current event.
  let lines: LineCounter

  init(lines: LineCounter) { self.lines = lines }

  /// Why the document is not read on.
  var failure: ParseError? {
    get { nil }
    set { _ = newValue }
  }

  /// An element opens.
  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  /// The innermost element closes.
  func end() {}
  /// Characters, references resolved; they may come in any number of pieces.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  /// Something odd that was repaired.
  func warn(_ message: String) {}
}

/// A name with its namespace. The pointers are interned: equal names of one document have equal pointers.
struct XMLName {
  let local: UnsafePointer<UInt8>
  let prefix: UnsafePointer<UInt8>?
  let namespace: UnsafePointer<UInt8>?

  var localText: String { String(cString: local) }
}

/// The attributes of an element, as libxml2 lays them out: five pointers each.
struct XMLAttributes {
  let base: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  let count: Int

  subscript(index: Int) -> XMLAttribute {
    // libxml2 gives `count` groups of five; the index is checked by the callers' range.
    let at = index * 5
    guard let base, let local = base[at], let from = base[at + 3], let to = base[at + 4] else {
      return XMLAttribute(
        local: XMLAttribute.noName, prefix: nil, namespace: nil, value: .init(start: nil, count: 0))
    }
    return XMLAttribute(
      local: local, prefix: base[at + 1], namespace: base[at + 2],
      value: UnsafeBufferPointer(start: from, count: to - from))
  }

  /// The value of an attribute by local name in ASCII lower case, whatever its case and namespace.
  ///
  /// An attribute without prefix is preferred to one with.
  func value(_ name: StaticString) -> String? {
    var found: String?
    for index in 0..<count {
      let attribute = self[index]
      guard attribute.isNamed(name) else { continue }
      if attribute.prefix == nil { return attribute.text }
      found = found ?? attribute.text
    }
    return found
  }
}

/// One attribute.
struct XMLAttribute {
  let local: UnsafePointer<UInt8>
  let prefix: UnsafePointer<UInt8>?
  let namespace: UnsafePointer<UInt8>?
  let value: UnsafeBufferPointer<UInt8>

  fileprivate static var noName: UnsafePointer<UInt8> { StaticString("").utf8Start }

  var text: String {
    let raw = String(decoding: value, as: UTF8.self)
    // libxml2 hands out `&amp;` in values as `&#38;`, for a tree to decode that is not built here.
    return value.contains(0x26) ? Self.decodingAmpersands(value) : raw
  }

  /// A value with `&` in place of libxml2's `&#38;`.
  private static func decodingAmpersands(_ value: UnsafeBufferPointer<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count)
    var at = 0
    while at < value.count {
      bytes.append(value[at])
      let isReference =
        value[at] == 0x26 && at + 4 < value.count && value[at + 1] == 0x23 && value[at + 2] == 0x33
        && value[at + 3] == 0x38 && value[at + 4] == 0x3B
      at += isReference ? 5 : 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the local name is `name`, ASCII case aside.
  func isNamed(_ name: StaticString) -> Bool {
    var at = 0
    while local[at] != 0 {
      guard at < name.utf8CodeUnitCount else { return false }
      let byte = local[at]
      let lower = 0x41...0x5A ~= byte ? byte | 0x20 : byte
      guard lower == name.utf8Start[at] else { return false }
      at += 1
    }
    return at == name.utf8CodeUnitCount
  }
}
