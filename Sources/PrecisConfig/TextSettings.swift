extension Setting {
  /// A text that `read` turns into the member's value; `expected` is what a message asks for.
  static func text<Value>(
    _ key: String, _ path: Path<Root, Value?>, kind: KeyDescription.Kind = .text, example: String,
    expected: String,
    write: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (String) -> Value?, _ doc: String
  ) -> Setting {
    Setting(
      key: key, kind: kind, doc: doc, example: "\"\(example)\"",
      get: { $0[keyPath: path].map { .string(write($0)) } }
    ) { root, value in
      guard let new = value.string.flatMap(read) else { return expected }
      root[keyPath: path] = new
      return nil
    }
  }

  static func optionalString(
    _ key: String, _ path: Path<Root, String?>, kind: KeyDescription.Kind = .text, example: String,
    expected: String = "a text that is not empty", _ doc: String,
    accepts: @escaping @Sendable (String) -> Bool = { _ in true }
  ) -> Setting {
    text(
      key, path, kind: kind, example: example, expected: expected, write: { $0 },
      read: { !$0.isEmpty && Notation.isPrintable($0) && accepts($0) ? $0 : nil }, doc)
  }

  /// A list of texts; on the command line and in the environment parted by commas.
  static func strings(
    _ key: String, _ path: Path<Root, [String]>, element: String, _ doc: String,
    accepts: @escaping @Sendable (String) -> Bool = { _ in true }
  ) -> Setting {
    Setting(
      key: key, kind: .texts, unit: element, doc: doc,
      get: { .array($0[keyPath: path].map { .string($0) }) }
    ) { root, value in
      guard let texts = value.list,
        texts.allSatisfy({ !$0.isEmpty && Notation.isPrintable($0) && accepts($0) })
      else { return "a list of texts, each \(element)" }
      root[keyPath: path] = texts
      return nil
    }
  }

  static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ key: String, _ path: Path<Root, Value>, _ doc: String
  ) -> Setting where Value.RawValue == String {
    let names = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return Setting(
      key: key, kind: .choice(Value.allCases.map(\.rawValue)), doc: doc,
      get: { .string($0[keyPath: path].rawValue) }
    ) { root, value in
      guard let new = value.string.flatMap({ Value(rawValue: $0) }) else { return "one of \(names)" }
      root[keyPath: path] = new
      return nil
    }
  }

  static func optionalChoice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ key: String, _ path: Path<Root, Value?>, example: Value, _ doc: String
  ) -> Setting where Value.RawValue == String {
    let names = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return text(
      key, path, kind: .choice(Value.allCases.map(\.rawValue)), example: example.rawValue,
      expected: "one of \(names)",
      write: { $0.rawValue }, read: { Value(rawValue: $0) }, doc)
  }
}

extension ConfigurationValue {
  /// The texts of a list, of the file or of the environment; nil where an element is no text.
  var list: [String]? {
    switch self {
    case .array(let values):
      let texts = values.compactMap(\.string)
      return texts.count == values.count ? texts : nil
    case .text(""): return []
    case .text(let text):
      return text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    default: return nil
    }
  }
}
