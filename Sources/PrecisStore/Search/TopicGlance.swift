/// A look at an article's line that spares parsing most of those without a topic.
enum TopicGlance {
  /// Whether the article of a whole line may have a topic; false only where it has not.
  static func mayHold(_ topic: String, _ line: UnsafeRawBufferPointer) -> Bool {
    let wanted = Array(topic.utf8)
    // Letters beyond ASCII have rules of their own for upper and lower case.
    guard wanted.allSatisfy({ $0 < 0x80 }) else { return true }
    guard var at = line.end(of: ",\"topics\":[", from: 0, to: line.count) else { return false }
    while at < line.count, line[at] == 0x22 {
      let start = at + 1
      at = start
      while at < line.count, line[at] != 0x22 {
        if line[at] >= 0x80 || line[at] == 0x5C { return true }
        at += 1
      }
      if at - start == wanted.count, zip(line[start..<at], wanted).allSatisfy({ lower($0) == lower($1) }) {
        return true
      }
      at += 1
      if at < line.count, line[at] == 0x2C { at += 1 }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
}
