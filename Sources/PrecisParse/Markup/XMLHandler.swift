/// Takes the events of an XML document. Names and values are valid only during the call.
protocol XMLHandler: AnyObject {
  /// Tells the line of the current event.
  var lines: LineCounter { get }
  /// Tells the addresses of namespaces.
  var namespaces: NamespaceTable { get }
  /// Whether the document is not read on.
  var hasFailed: Bool { get }

  /// Ends the reading; of several errors the first counts.
  func fail(_ error: ParseError)
  /// An element opens.
  func start(_ name: XMLName, _ attributes: XMLAttributes)
  /// The innermost element closes.
  func end()
  /// Characters, references resolved; they may come in any number of pieces.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Something odd that was repaired.
  func warn(_ message: String)
}

/// A name as it stands in the document, with the namespace that its prefix stands for.
struct XMLName {
  /// The name with its prefix.
  let qualified: UnsafeBufferPointer<UInt8>
  let key: NameKey
  /// Bytes of the prefix and its colon; 0: it has none.
  let prefixLength: Int
  /// Its place in the table of namespaces; nil where there is no namespace, or none was declared for the prefix.
  let namespace: Int?

  var local: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: qualified[prefixLength...]) }

  var localText: String { String(decoding: local, as: UTF8.self) }

  /// The prefix without its colon.
  var prefixText: String? {
    prefixLength == 0 ? nil : String(decoding: qualified[..<(prefixLength - 1)], as: UTF8.self)
  }
}

/// Where an attribute of a tag lies.
struct TagAttribute {
  /// Its name in the tag.
  var name: Range<Int>
  /// Bytes of the prefix and its colon; 0: it has none.
  var prefixLength = 0
  /// Its value: in the tag, or where it had to be decoded, among the decoded values.
  var value: Range<Int>
  var isDecoded = false
}

/// The attributes of an element, without those that declare namespaces.
struct XMLAttributes {
  let tag: UnsafePointer<UInt8>
  let decoded: UnsafePointer<UInt8>
  let all: UnsafeBufferPointer<TagAttribute>

  var count: Int { all.count }

  subscript(index: Int) -> XMLAttribute {
    let attribute = all[index]
    return XMLAttribute(
      qualified: UnsafeBufferPointer(start: tag + attribute.name.lowerBound, count: attribute.name.count),
      prefixLength: attribute.prefixLength,
      value: UnsafeBufferPointer(
        start: (attribute.isDecoded ? decoded : tag) + attribute.value.lowerBound,
        count: attribute.value.count))
  }

  /// Whether an attribute of a name has a value, both in ASCII lower case, white space and case aside.
  func has(_ name: StaticString, _ value: StaticString) -> Bool {
    for index in 0..<count {
      let attribute = self[index]
      if attribute.isNamed(name) { return attribute.isValue(value) }
    }
    return false
  }

  /// The value of an attribute by local name in ASCII lower case, whatever its case and namespace.
  ///
  /// An attribute without prefix is preferred to one with.
  func value(_ name: StaticString) -> String? {
    var found: String?
    for index in 0..<count {
      let attribute = self[index]
      guard attribute.isNamed(name) else { continue }
      if attribute.prefixLength == 0 { return attribute.text }
      found = found ?? attribute.text
    }
    return found
  }
}

/// One attribute, references in its value resolved.
struct XMLAttribute {
  /// The name with its prefix.
  let qualified: UnsafeBufferPointer<UInt8>
  /// Bytes of the prefix and its colon; 0: it has none.
  let prefixLength: Int
  let value: UnsafeBufferPointer<UInt8>

  var text: String { String(decoding: value, as: UTF8.self) }

  /// Whether it is one of XML's own: `xml:base`, `xml:lang`.
  var isOfXML: Bool {
    prefixLength == 4 && qualified[0] == 0x78 && qualified[1] == 0x6D && qualified[2] == 0x6C
  }

  /// Whether the value is `text`, white space around it and ASCII case aside.
  func isValue(_ text: StaticString) -> Bool {
    var start = 0
    var end = value.count
    while start < end, value[start].isXMLSpace { start += 1 }
    while end > start, value[end - 1].isXMLSpace { end -= 1 }
    return end - start == text.utf8CodeUnitCount
      && UnsafeBufferPointer(rebasing: value[start..<end]).isLowercased(text.utf8Start)
  }

  /// Whether the local name is `name`, ASCII case aside.
  func isNamed(_ name: StaticString) -> Bool {
    let local = UnsafeBufferPointer(rebasing: qualified[prefixLength...])
    return local.count == name.utf8CodeUnitCount && local.isLowercased(name.utf8Start)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes in ASCII lower case are those at `text`, which is in lower case.
  fileprivate func isLowercased(_ text: UnsafePointer<UInt8>) -> Bool {
    guard count >= 8, let start = baseAddress else {
      return !indices.contains { self[$0].asciiLower != text[$0] }
    }
    func isEqual(at place: Int) -> Bool {
      let word = UnsafeRawPointer(start).loadUnaligned(fromByteOffset: place, as: UInt64.self)
      return word.asciiLower == UnsafeRawPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
    }
    var at = 0
    while at + 8 < count {
      guard isEqual(at: at) else { return false }
      at += 8
    }
    return isEqual(at: count - 8)
  }
}

/// Tells how far a document has been read. Line feeds are counted when somebody asks.
final class LineCounter {
  private var count = 1
  private var counted: UnsafePointer<UInt8>?
  /// Where the current event stands.
  private var place: UnsafePointer<UInt8>?

  /// The line of the current event, from 1.
  var line: Int {
    countUp()
    return count
  }

  /// Lines that were passed before the first byte.
  func skip(_ lines: Int) { count += lines }

  /// Bytes at a new place are read from here on.
  func begin(_ start: UnsafePointer<UInt8>) {
    counted = start
    place = start
  }

  /// The next event stands here.
  @inline(__always)
  func move(to place: UnsafePointer<UInt8>) { self.place = place }

  /// The bytes up to the current place go out of sight.
  func end() {
    countUp()
    counted = nil
    place = nil
  }

  private func countUp() {
    guard let counted, let place, place > counted else { return }
    // Short sums of bytes, so that many are looked at at once.
    var at = counted
    while at < place {
      let end = at + min(place - at, 192)
      var found: UInt8 = 0
      while at < end {
        found &+= at.pointee == 0x0A ? 1 : 0
        at += 1
      }
      count += Int(found)
    }
    self.counted = place
  }
}
