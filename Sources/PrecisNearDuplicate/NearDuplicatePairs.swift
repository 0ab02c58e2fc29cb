import PrecisJSON

/// Decides labelled pairs of articles, one JSON object a line.
public enum NearDuplicatePairs {
  /// A decision on each line: `{"id":…,"duplicate":true,"similarity":…}`, a line each, in the lines' order.
  ///
  /// A line is `{"id":…,"a":{"text":…},"b":{"text":…}}`; other members are not looked at, empty lines are passed
  /// over.
  ///
  /// - Throws: `JSONError` at the first line that is not JSON.
  public static func decide(_ ndjson: [UInt8]) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(capacity: 1 << 16)
    for line in ndjson.split(separator: 0x0A) where !line.allSatisfy({ $0 <= 0x20 }) {
      let pair = try JSONParser.parse(Array(line))
      let first = Sketch(text: pair["a"]?["text"]?.string ?? "")
      let second = Sketch(text: pair["b"]?["text"]?.string ?? "")
      writer.beginObject()
      writer.field("id", pair["id"]?.string ?? "")
      writer.key("duplicate")
      writer.bool(Sketch.isNearDuplicate(first, second))
      writer.key("similarity")
      writer.number(first.similarity(with: second))
      writer.endObject()
      writer.newline()
    }
    return writer.bytes
  }
}
