/// An HTML page as one flat array in document order: a node's subtree is the run `index..<node.end`.
///
/// Everything that scores a page walks this array forwards or backwards, so the whole of it is linear.
struct PageTree {
  /// An element or a run of text.
  struct Node {
    var tag: Tag
    var parent: Int32
    /// One past the last node of the subtree.
    var end: Int32
    /// For text: its bytes in `text`. For an element: its attributes in `attributes`.
    var from: Int32
    var to: Int32
  }

  /// An attribute that matters; its value lies in `values`.
  struct Attribute {
    var name: AttributeName
    var from: Int32
    var to: Int32
  }

  var nodes: [Node] = []
  var text: [UInt8] = []
  var attributes: [Attribute] = []
  var values: [UInt8] = []

  /// The bytes of an attribute's value; nil where the element has none such.
  func bytes(_ name: AttributeName, of index: Int) -> ArraySlice<UInt8>? {
    let node = nodes[index]
    guard node.tag != .text else { return nil }
    for at in Int(node.from)..<Int(node.to) where attributes[at].name == name {
      return values[Int(attributes[at].from)..<Int(attributes[at].to)]
    }
    return nil
  }

  /// An attribute's value; nil where the element has none such.
  func value(_ name: AttributeName, of index: Int) -> String? {
    bytes(name, of: index).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of a subtree with white space folded; at most `limit` bytes.
  func foldedText(of index: Int, limit: Int = 4096) -> String {
    var out: [UInt8] = []
    var pending = false
    for node in nodes[index..<Int(nodes[index].end)] {
      guard node.tag == .text else {
        if node.tag.isBlock || node.tag == .br { pending = !out.isEmpty }
        continue
      }
      for at in Int(node.from)..<Int(node.to) {
        let byte = text[at]
        if byte == 0x20 || 0x09...0x0D ~= byte {
          pending = !out.isEmpty
        } else {
          if pending { out.append(0x20) }
          pending = false
          out.append(byte)
        }
      }
      if out.count >= limit { break }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// The attributes that extraction reads.
enum AttributeName: UInt8 {
  case id, `class`, itemprop, itemtype, itemscope, role, property, name, content, href, src, srcset, alt
  case title, datetime, style, hidden, ariaHidden, ariaLabel, lang, rel, type, charset, httpEquiv, colspan,
    rowspan, start
  case cite, dataSrc, dataSrcset, dataOriginal, width, height, testID, media, open

  private static let byName: [String: AttributeName] = [
    "id": .id, "class": .class, "itemprop": .itemprop, "itemtype": .itemtype, "itemscope": .itemscope,
    "role": .role, "property": .property, "name": .name, "content": .content, "href": .href, "src": .src,
    "srcset": .srcset, "alt": .alt, "title": .title, "datetime": .datetime, "style": .style,
    "hidden": .hidden, "aria-hidden": .ariaHidden, "aria-label": .ariaLabel, "lang": .lang, "rel": .rel,
    "type": .type, "charset": .charset, "http-equiv": .httpEquiv, "colspan": .colspan, "rowspan": .rowspan,
    "start": .start, "cite": .cite, "data-src": .dataSrc, "data-lazy-src": .dataSrc,
    "data-srcset": .dataSrcset,
    "data-original": .dataOriginal, "width": .width, "height": .height, "data-testid": .testID,
    "data-component": .testID, "data-module": .testID, "data-type": .testID, "data-name": .testID,
    "media": .media, "open": .open,
  ]

  private static let packed: [UInt64: AttributeName] = {
    var table: [UInt64: AttributeName] = [:]
    for (name, value) in byName {
      var name = name
      name.withUTF8 { table[pack($0)] = value }
    }
    return table
  }()

  /// The attribute of this lower-case name, ended by a zero byte; nil where extraction has no use for it.
  static func named(_ name: UnsafePointer<UInt8>) -> AttributeName? {
    var length = 0
    while length < 16, name[length] != 0 { length += 1 }
    return packed[pack(UnsafeBufferPointer(start: name, count: length))]
  }

  private static func pack(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var packed: UInt64 = 0
    for byte in name { packed = (packed &* 31) ^ (packed >> 47) ^ UInt64(byte) }
    return packed << 5 | UInt64(name.count & 31)
  }
}
