/// Cuts a JSON object that arrives in pieces into its members, and the array `items` into its elements.
///
/// What it hands on is the JSON of one value, mended where publishers err: raw control characters in strings are
/// escaped, unknown escapes lose their backslash, a comma before a closing bracket is dropped. No more than one
/// value is held at a time.
final class JSONFeedSplitter {
  enum Piece {
    /// A member of the document: its key, its JSON, and the line where it begins.
    case member(String, [UInt8], line: Int)
    /// An element of `items`, and the line where it begins.
    case item([UInt8], line: Int)
  }

  enum Problem: Equatable {
    case depth, size
  }

  private(set) var problem: Problem?
  /// Whether the document's last bracket was seen.
  private(set) var isComplete = false
  /// Whether there is an `items` array.
  private(set) var foundItems = false
  /// The current line, from 1.
  private(set) var line = 1

  private let depthLimit: Int
  private let sizeLimit: Int
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var hasComma = false
  private var isInItems = false
  private var isInValue = false
  private var key: [UInt8] = []
  private var value: [UInt8] = []
  private var valueLine = 1

  init(depthLimit: Int, sizeLimit: Int, line: Int) {
    self.line = line
    self.depthLimit = depthLimit
    self.sizeLimit = sizeLimit
  }

  func consume(_ bytes: UnsafeBufferPointer<UInt8>, _ take: (Piece) -> Void) {
    var at = 0
    while at < bytes.count, problem == nil, !isComplete {
      let byte = bytes[at]
      at += 1
      if isInString {
        // The plain rest of a string goes on in one step.
        if !isEscaped, byte != 0x22, byte != 0x5C, byte >= 0x20 {
          let start = at - 1
          while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
          append(UnsafeBufferPointer(rebasing: bytes[start..<at]))
        } else {
          string(byte)
        }
      } else {
        structure(byte, take)
      }
      if value.count > sizeLimit || key.count > 4096 { problem = .size }
    }
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInValue { value.append(contentsOf: bytes) } else { key.append(contentsOf: bytes) }
  }

  private func append(_ byte: UInt8) {
    if isInValue { value.append(byte) } else { key.append(byte) }
  }

  private func string(_ byte: UInt8) {
    if byte == 0x0A { line += 1 }
    if isEscaped {
      isEscaped = false
      switch byte {
      case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74, 0x75:
        append(0x5C)
        append(byte)
      case 0..<0x20: return
      default: append(byte)
      }
      return
    }
    switch byte {
    case 0x5C: isEscaped = true
    case 0x22:
      isInString = false
      if isInValue { value.append(byte) }
    case 0x0A:
      append(0x5C)
      append(0x6E)
    case 0x09:
      append(0x5C)
      append(0x74)
    default: return
    }
  }

  private func structure(_ byte: UInt8, _ take: (Piece) -> Void) {
    switch byte {
    case 0x0A: line += 1
    case 0x20, 0x09, 0x0D: return
    case 0x7B, 0x5B: opening(byte)
    case 0x7D, 0x5D: closing(byte, take)
    case 0x2C:
      if isAtValueLevel { endValue(take) } else { hasComma = true }
    case 0x3A where depth == 1 && !isInValue:
      isInValue = true
      valueLine = line
    default:
      if byte == 0x22, depth == 1, !isInValue { key.removeAll(keepingCapacity: true) }
      beginItem()
      if isInValue || byte != 0x22 { plain(byte) }
      if byte == 0x22 { isInString = true }
    }
  }

  /// Whether a comma or bracket here ends the value that is being collected.
  private var isAtValueLevel: Bool { depth == (isInItems ? 2 : 1) }

  private func plain(_ byte: UInt8) {
    if hasComma { value.append(0x2C) }
    hasComma = false
    if isInValue { value.append(byte) }
  }

  private func beginItem() {
    if isInItems, depth == 2, !isInValue {
      isInValue = true
      valueLine = line
    }
  }

  private func opening(_ byte: UInt8) {
    if depth == 1, isInValue, value.isEmpty, byte == 0x5B, key.elementsEqual("items".utf8) {
      isInItems = true
      foundItems = true
      isInValue = false
      depth = 2
      return
    }
    beginItem()
    if isInValue { plain(byte) }
    depth += 1
    if depth > depthLimit { problem = .depth }
  }

  private func closing(_ byte: UInt8, _ take: (Piece) -> Void) {
    hasComma = false
    if isAtValueLevel {
      endValue(take)
      if isInItems {
        isInItems = false
        key.removeAll(keepingCapacity: true)
        depth = 1
      } else {
        depth = 0
        isComplete = true
      }
      return
    }
    if isInValue { value.append(byte) }
    depth -= 1
  }

  private func endValue(_ take: (Piece) -> Void) {
    hasComma = false
    if isInValue, !value.isEmpty {
      if isInItems {
        take(.item(value, line: valueLine))
      } else {
        take(.member(String(decoding: key, as: UTF8.self), value, line: valueLine))
      }
    }
    value.removeAll(keepingCapacity: true)
    isInValue = false
    if !isInItems { key.removeAll(keepingCapacity: true) }
  }
}
