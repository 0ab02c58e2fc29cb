/// Finds where a document type ends, its internal subset and the quotes in it considered, across pieces.
struct DoctypeScanner {
  private var at = 0
  private var quote: UInt8 = 0
  private var isInSubset = false
  private var firstGreater: Int?
  /// Beyond this a quote or bracket that is never closed is given up.
  private static let maxBytes = 65_536

  /// The index after the document type that begins at `start`; nil: more input is needed.
  mutating func scan(_ p: UnsafePointer<UInt8>, from start: Int, to n: Int) -> Int? {
    var index = start + at
    while index < n {
      let byte = p[index]
      if byte == 0x3E, firstGreater == nil { firstGreater = index - start + 1 }
      if index - start > Self.maxBytes, let firstGreater { return start + firstGreater }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else {
        switch byte {
        case 0x22, 0x27: quote = byte
        case 0x5B: isInSubset = true
        case 0x5D: isInSubset = false
        case 0x3E where !isInSubset: return index + 1
        default: break
        }
      }
      index += 1
    }
    at = n - start
    return nil
  }
}
