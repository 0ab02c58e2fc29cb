// The library imports Foundation, whose members of String (contains, range(of:)) are then visible in this module; one
// use of them adds 45 MB of ICU to the static executable. Texts are searched by UTF-8 here.
internal import TOMLKit

/// A TOML 1.0 document as a tree of values; the one file that touches the TOML library.
struct TOMLDocument {
  /// The members of the root table, sorted by key.
  var members: [(key: String, value: ConfigurationValue)]

  /// Why a text is not TOML.
  struct Fault: Error {
    var message: String
    var line: Int
    var column: Int
  }

  /// Parses a text.
  ///
  /// - Throws: `Fault` where it is not TOML 1.0, with the parser's words and the place.
  init(_ text: String) throws(Fault) {
    // The library takes a C string: what stood after a NUL would be passed over silently.
    if let line = Self.lineOfNUL(text) {
      throw Fault(message: "a NUL character", line: line, column: 1)
    }
    do {
      members = Self.members(of: try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw Fault(
        message: Self.sentence(error.description), line: error.source.begin.line,
        column: error.source.begin.column)
    } catch {
      throw Fault(message: "\(error)", line: 0, column: 0)
    }
  }

  private static func lineOfNUL(_ text: String) -> Int? {
    guard let at = text.utf8.firstIndex(of: 0) else { return nil }
    return text.utf8[..<at].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
  }

  /// The parser's words without its own repetition of the place.
  private static func sentence(_ description: String) -> String {
    description.hasPrefix("Error while parsing ")
      ? "while reading " + description.dropFirst("Error while parsing ".count) : description
  }

  private static func members(of table: TOMLTable) -> [(key: String, value: ConfigurationValue)] {
    // Not the library's iterator: it traps on a key with a NUL escape, which its C strings cannot name.
    table.keys.sorted().map { key in
      (
        key: key,
        value: table[key].map { value(of: $0) } ?? .other(type: "value of", text: "a key with a NUL")
      )
    }
  }

  private static func value(of node: any TOMLValueConvertible) -> ConfigurationValue {
    if let text = node.string { return .string(text) }
    if let number = node.int { return .integer(number) }
    if let truth = node.bool { return .boolean(truth) }
    if let table = node.table { return .table(members(of: table)) }
    if let array = node.array { return .array(array.map { value(of: $0) }) }
    return .other(type: node.type.description, text: node.debugDescription)
  }
}
