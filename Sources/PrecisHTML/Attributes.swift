/// The attributes of one tag, as places in the input: nothing is copied until it is wanted.
struct Attributes {
  struct Attribute {
    var name: PackedName
    var value: Range<Int>
  }

  private(set) var all: [Attribute] = []
  /// Where the tag ends, after its `>`.
  private(set) var end = 0
  /// Whether a `>` ended it: a tag that the input cuts off is none.
  private(set) var isComplete = false

  /// Reads the attributes from `at`, after the tag's name (HTML Standard, "before attribute name state").
  mutating func read(_ input: UnsafeBufferPointer<UInt8>, from at: Int, limit: Int) {
    all.removeAll(keepingCapacity: true)
    isComplete = false
    var at = at
    while at < input.count {
      let byte = input[at]
      if byte == 0x3E {
        end = at + 1
        isComplete = true
        return
      }
      if byte <= 0x20 || byte == 0x2F {
        at += 1
        continue
      }
      let nameStart = at
      at += 1
      while at < input.count, !Self.endsName(input[at]) { at += 1 }
      let name = UnsafeBufferPointer(rebasing: input[nameStart..<at])
      let value = Self.value(input, &at)
      if all.count < limit, name.count <= PackedName.limit {
        let packed = PackedName(name)
        // The first of equal names counts.
        if !all.contains(where: { $0.name == packed }) { all.append(Attribute(name: packed, value: value)) }
      }
    }
    end = input.count
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2F || byte == 0x3E || byte == 0x3D
  }

  private static func value(_ input: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Range<Int> {
    var next = at
    while next < input.count, input[next] <= 0x20 { next += 1 }
    guard next < input.count, input[next] == 0x3D else { return at..<at }
    next += 1
    while next < input.count, input[next] <= 0x20 { next += 1 }
    guard next < input.count, input[next] != 0x3E else {
      at = next
      return next..<next
    }
    let quote = input[next]
    if quote == 0x22 || quote == 0x27 {
      let start = next + 1
      var stop = start
      while stop < input.count, input[stop] != quote { stop += 1 }
      at = min(stop + 1, input.count)
      return start..<stop
    }
    let start = next
    while next < input.count, input[next] > 0x20, input[next] != 0x3E { next += 1 }
    at = next
    return start..<next
  }

  subscript(name: PackedName) -> Range<Int>? { all.first { $0.name == name }?.value }
}

/// Names of attributes.
enum AttributeName {
  static let href = PackedName("href")
  static let src = PackedName("src")
  static let srcset = PackedName("srcset")
  static let dataSource = PackedName("data-src")
  static let dataOriginal = PackedName("data-original")
  static let dataLazy = PackedName("data-lazy-src")
  static let dataSourceSet = PackedName("data-srcset")
  static let width = PackedName("width")
  static let height = PackedName("height")
  static let style = PackedName("style")
  static let classes = PackedName("class")
  static let alt = PackedName("alt")

  /// How a value is written.
  enum Kind {
    case text, url, number, flag, imageSet
  }

  private static let global: [(PackedName, StaticString, Kind)] = [
    (PackedName("title"), "title", .text), (PackedName("lang"), "lang", .text),
    (PackedName("dir"), "dir", .text),
  ]

  private static let own: [Tag: [(PackedName, StaticString, Kind)]] = [
    .a: [(href, "href", .url)],
    .img: [(alt, "alt", .text), (width, "width", .number), (height, "height", .number)],
    .source: [
      (src, "src", .url), (srcset, "srcset", .imageSet), (PackedName("type"), "type", .text),
      (PackedName("sizes"), "sizes", .text), (PackedName("media"), "media", .text),
    ],
    .video: [
      (src, "src", .url), (PackedName("poster"), "poster", .url), (width, "width", .number),
      (height, "height", .number),
    ],
    .audio: [(src, "src", .url)],
    .track: [
      (src, "src", .url), (PackedName("kind"), "kind", .text), (PackedName("srclang"), "srclang", .text),
      (PackedName("label"), "label", .text),
    ],
    .blockquote: [(PackedName("cite"), "cite", .url)],
    .q: [(PackedName("cite"), "cite", .url)],
    .ins: [(PackedName("cite"), "cite", .url), (PackedName("datetime"), "datetime", .text)],
    .del: [(PackedName("cite"), "cite", .url), (PackedName("datetime"), "datetime", .text)],
    .time: [(PackedName("datetime"), "datetime", .text)],
    .ol: [
      (PackedName("start"), "start", .number), (PackedName("type"), "type", .text),
      (PackedName("reversed"), "reversed", .flag),
    ],
    .li: [(PackedName("value"), "value", .number)],
    .td: [(PackedName("colspan"), "colspan", .number), (PackedName("rowspan"), "rowspan", .number)],
    .th: [
      (PackedName("colspan"), "colspan", .number), (PackedName("rowspan"), "rowspan", .number),
      (PackedName("scope"), "scope", .text),
    ],
    .details: [(PackedName("open"), "open", .flag)],
  ]

  /// The attributes that an element may keep, in the order in which they are written.
  static func allowed(on tag: Tag) -> [(PackedName, StaticString, Kind)] {
    table[Int(tag.rawValue)]
  }

  private static let table: [[(PackedName, StaticString, Kind)]] = Tag.allCases.map {
    (own[$0] ?? []) + global
  }
}
