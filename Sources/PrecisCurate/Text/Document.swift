/// A text as the curator sees it: units (paragraphs, headings, list items, code), their sentences and words.
///
/// All offsets are UTF-8 bytes of the text. What is looked at is bounded; the rest of a longer text is not read.
struct Document {
  /// What is looked at of one text.
  enum Limits {
    /// Bytes.
    static let bytes = 1 << 20
    /// Sentences.
    static let sentences = 2000
    /// Units.
    static let units = 4000
    /// Different words, pairs of ideographs among them; a book has fewer, noise has more.
    static let words = 80_000
  }

  /// A paragraph or what stands in its place.
  struct Unit {
    var kind: Kind
    var start: Int
    var end: Int
    var sentences: Range<Int> = 0..<0

    enum Kind {
      case paragraph
      case heading
      case listItem
      case code
      case quotation
    }
  }

  /// A sentence.
  struct Sentence {
    var start: Int
    var end: Int
    var unit: Int
    /// Its words.
    var tokens: Range<Int>
  }

  let bytes: [UInt8]
  let tokens: [Token]
  let vocabulary: Vocabulary
  /// Declared, else detected; nil where neither says anything.
  let language: String?
  let profile: LanguageProfile
  private(set) var units: [Unit] = []
  private(set) var sentences: [Sentence] = []

  /// Reads a text.
  init(_ text: String, language declared: String? = nil, structure: StructureHints = .none) {
    var text = text
    let all: [UInt8] = text.withUTF8 { Array($0.prefix(Limits.bytes)) }
    let whole = Self.isText(all) ? Self.cutAtScalar(all) : []
    let tokenizer = whole.withUnsafeBufferPointer { Tokenizer($0) }
    bytes = tokenizer.end < whole.count ? Array(whole[..<tokenizer.end]) : whole
    tokens = tokenizer.tokens
    vocabulary = tokenizer.vocabulary
    let detected = LanguageDetector.detect(vocabulary)
    language = declared ?? detected
    // A feed's declaration is often its template's: the words decide which stop words apply.
    profile = LanguageProfile.of(detected ?? declared ?? "en")
    findUnits(structure)
    findSentences()
  }

  /// The text of a range of bytes with runs of white space as one space.
  func text(_ range: Range<Int>) -> String {
    var folded: [UInt8] = []
    folded.reserveCapacity(range.count)
    bytes.withUnsafeBufferPointer { bytes in
      var index = range.lowerBound
      var isSpacePending = false
      while index < range.upperBound {
        let (value, length) = Scalars.decode(bytes, at: index)
        if Scalars.classify(value) == .space {
          isSpacePending = !folded.isEmpty
        } else {
          if isSpacePending { folded.append(0x20) }
          isSpacePending = false
          for offset in 0..<length { folded.append(bytes[index + offset]) }
        }
        index += length
      }
    }
    return String(decoding: folded, as: UTF8.self)
  }

  /// The text of a range of bytes as it stands.
  func verbatim(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Words of some tokens; a pair of ideographs counts half a word.
  func wordCount(_ range: Range<Int>) -> Int {
    var words = 0
    var pairs = 0
    for token in tokens[range] {
      if token.form.contains(.ideographs) {
        pairs += 1
      } else if !token.form.contains(.glued) {
        words += 1
      }
    }
    return words + (pairs + 1) / 2
  }

  /// Whether bytes are words rather than the bytes of a picture or an archive, by their first 64 KiB.
  ///
  /// Those are full of controls, and of replacement characters once somebody has decoded them.
  static func isText(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(1 << 16)
    var odd = 0
    for (index, byte) in start.enumerated() {
      let isControl = byte < 0x20 && !(0x09...0x0D).contains(byte) || byte == 0x7F
      let isReplacement =
        byte == 0xEF && index + 2 < start.count && start[index + 1] == 0xBF && start[index + 2] == 0xBD
      if isControl || isReplacement { odd += 1 }
    }
    return odd * 20 <= start.count
  }

  private static func cutAtScalar(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count == Limits.bytes else { return bytes }
    var end = bytes.count
    while end > 0, end > bytes.count - 4, bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
    if end > 0, bytes[end - 1] >= 0xC0 { end -= 1 }
    return Array(bytes[..<end])
  }

  private mutating func findUnits(_ structure: StructureHints) {
    units = bytes.withUnsafeBufferPointer { UnitFinder($0, structure: structure).units }
  }

  private mutating func findSentences() {
    var found: [Sentence] = []
    var nextToken = 0
    bytes.withUnsafeBufferPointer { bytes in
      var splitter = SentenceSplitter(bytes, profile: profile)
      var ranges: [Range<Int>] = []
      for number in units.indices {
        ranges.removeAll(keepingCapacity: true)
        let unit = units[number]
        guard unit.kind != .code, found.count < Limits.sentences else {
          units[number].sentences = found.count..<found.count
          continue
        }
        splitter.split(unit.start..<unit.end, into: &ranges)
        let first = found.count
        for range in ranges.prefix(Limits.sentences - found.count) {
          while nextToken < tokens.count, Int(tokens[nextToken].start) < range.lowerBound { nextToken += 1 }
          let firstToken = nextToken
          while nextToken < tokens.count, Int(tokens[nextToken].start) < range.upperBound { nextToken += 1 }
          found.append(
            Sentence(
              start: range.lowerBound, end: range.upperBound, unit: number, tokens: firstToken..<nextToken))
        }
        units[number].sentences = first..<found.count
      }
    }
    sentences = found
  }
}
