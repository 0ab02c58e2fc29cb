import PrecisWords

/// What an article is found by among related ones; a function of the article alone, so that it can be made on any
/// thread and again from the store.
public struct RelatedTerms: Equatable, Sendable {
  let terms: [KeyTerms.Term]

  /// The terms of an article.
  public init(title: String, topics: [String], text: String) {
    self.init(title: title, topics: topics, words: TextWords(text))
  }

  /// The terms of an article whose text was cut into words already.
  public init(title: String, topics: [String], words: TextWords) {
    terms = KeyTerms.terms(title: title, topics: topics, words: words)
  }

  /// Five bytes a term: the hash, little-endian, and the weight.
  var record: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(5 * terms.count)
    for term in terms {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        out.append(UInt8(truncatingIfNeeded: term.hash >> shift))
      }
      out.append(term.weight)
    }
    return out
  }

  /// The terms of a record.
  static func terms(_ raw: UnsafeRawBufferPointer) -> [KeyTerms.Term] {
    (0..<min(raw.count / 5, KeyTerms.limit)).map { at in
      KeyTerms.Term(
        hash: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 5 * at, as: UInt32.self)),
        weight: raw[5 * at + 4])
    }
  }
}
