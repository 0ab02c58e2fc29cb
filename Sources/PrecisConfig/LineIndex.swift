/// Finds the lines of a TOML text where keys are set, for messages: the TOML library does not tell.
///
/// It follows headers, dotted and quoted keys, comments, multi-line strings and arrays of a text that was parsed
/// without an error; keys within inline tables count for the line of the whole value.
struct LineIndex {
  /// Per path (`feeds.0.url` for the first `[[feeds]]`), the line, from 1, where it is set first.
  private(set) var lines: [String: Int] = [:]

  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var table: [String] = []
  private var arrayCounts: [String: Int] = [:]

  /// Scans a text once.
  init(_ text: String) {
    bytes = Array(text.utf8)
    while at < bytes.count {
      skipBlanks()
      guard at < bytes.count else { break }
      switch bytes[at] {
      case 0x0A: newline()
      case 0x23: skipLine()
      case 0x5B: header()
      default: assignment()
      }
    }
  }

  /// The line where the path, or the nearest table around it, is set; 0: unknown.
  func line(of path: [String]) -> Int {
    var path = path
    while !path.isEmpty {
      if let line = lines[path.joined(separator: "\u{0}")] { return line }
      path.removeLast()
    }
    return 0
  }
}

extension LineIndex {
  private mutating func header() {
    at += 1
    let isArray = at < bytes.count && bytes[at] == 0x5B
    if isArray { at += 1 }
    table = resolved(keyPath())
    if isArray {
      let name = table.joined(separator: "\u{0}")
      let index = arrayCounts[name, default: 0]
      arrayCounts[name] = index + 1
      table.append("\(index)")
    }
    note(table)
    skipLine()
  }

  /// A path with, after each array of tables that it passes through, the index of the array's last table.
  private func resolved(_ path: [String]) -> [String] {
    var out: [String] = []
    for (position, part) in path.enumerated() {
      out.append(part)
      guard position < path.count - 1 else { break }
      if let count = arrayCounts[out.joined(separator: "\u{0}")] { out.append("\(count - 1)") }
    }
    return out
  }

  private mutating func assignment() {
    let start = at
    note(table + keyPath())
    while at < bytes.count, bytes[at] != 0x3D, bytes[at] != 0x0A { at += 1 }
    if at < bytes.count, bytes[at] == 0x3D { at += 1 }
    value()
    if at == start { at += 1 }
  }

  private mutating func note(_ path: [String]) {
    let key = path.joined(separator: "\u{0}")
    if lines[key] == nil { lines[key] = line }
  }

  private mutating func keyPath() -> [String] {
    var path: [String] = []
    while at < bytes.count {
      skipBlanks()
      guard at < bytes.count else { break }
      if bytes[at] == 0x22 || bytes[at] == 0x27 {
        let quote = bytes[at]
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != quote, bytes[at] != 0x0A {
          at += quote == 0x22 && bytes[at] == 0x5C ? 2 : 1
        }
        at = min(at, bytes.count)
        path.append(String(decoding: bytes[start..<at], as: UTF8.self))
        at = min(at + 1, bytes.count)
      } else {
        let start = at
        while at < bytes.count, isBareKeyByte(bytes[at]) { at += 1 }
        guard at > start else { break }
        path.append(String(decoding: bytes[start..<at], as: UTF8.self))
      }
      skipBlanks()
      guard at < bytes.count, bytes[at] == 0x2E else { break }
      at += 1
    }
    return path
  }

  private func isBareKeyByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || byte == 0x2D || byte == 0x5F
  }

  /// Passes over a value: to the end of its line, or of the brackets and strings that it opens.
  private mutating func value() {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D: depth -= 1
      case 0x22, 0x27:
        string(quote: bytes[at])
        continue
      case 0x23:
        skipLine()
        continue
      case 0x0A:
        newline()
        if depth <= 0 { return }
        continue
      default: break
      }
      at += 1
    }
  }

  private mutating func string(quote: UInt8) {
    let isMultiline = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isMultiline ? 3 : 1
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x5C, quote == 0x22 {
        if at + 1 < bytes.count, bytes[at + 1] == 0x0A { line += 1 }
        at = min(at + 2, bytes.count)
      } else if byte == quote, !isMultiline {
        at += 1
        return
      } else if byte == quote, at + 2 < bytes.count, bytes[at + 1] == quote, bytes[at + 2] == quote {
        at += 3
        // A multi-line string may end in up to two quotes of its own.
        while at < bytes.count, bytes[at] == quote { at += 1 }
        return
      } else if byte == 0x0A {
        if !isMultiline { return }
        newline()
      } else {
        at += 1
      }
    }
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
  }

  private mutating func skipLine() {
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
  }

  private mutating func newline() {
    at += 1
    line += 1
  }
}
