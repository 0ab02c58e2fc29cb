/// Finds the words of a text.
///
/// A word is a run of letters and digits with what may stand inside one: an apostrophe ("don't"), a point
/// between letters or digits ("Node.js", "3.5"), and the signs of "C++" and "C#". Possessive "'s" and
/// elisions ("l'", "dell'") are words of their own. Han and kana give overlapping pairs.
struct Tokenizer {
  /// The words in the order of the text.
  private(set) var tokens: [Token] = []
  /// Their distinct forms.
  private(set) var vocabulary = Vocabulary()
  /// How many bytes were read: all, but where there are more different words than ``Document/Limits/words``.
  private(set) var end = 0
  private var scratch: [UInt8] = []

  /// Elided words: what stands before the apostrophe is a word of its own.
  private static let elisions: WordSet = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "dell", "nell",
    "all", "sull", "dall", "coll", "un", "quest", "quell", "bell", "sant", "gl", "anch", "tutt",
  ]

  /// The words of UTF-8 bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    tokens.reserveCapacity(bytes.count / 6)
    var index = 0
    while index < bytes.count, vocabulary.words.count < Document.Limits.words {
      let (value, length) = Scalars.decode(bytes, at: index)
      switch Scalars.classify(value) {
      case .letter, .digit: index = word(bytes, from: index)
      case .ideograph: index = ideographs(bytes, from: index)
      default: index += length
      }
    }
    end = min(index, bytes.count)
  }

  private mutating func word(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    scratch.removeAll(keepingCapacity: true)
    var form: Token.Form = []
    var index = start
    var hasLetter = false
    scan: while index < bytes.count {
      let (value, length) = Scalars.decode(bytes, at: index)
      switch Scalars.classify(value) {
      case .letter:
        let lower = Scalars.lower(value)
        if lower != value {
          form.insert(index == start ? .capital : .innerCapital)
        } else {
          form.insert(.small)
        }
        hasLetter = true
        if value != 0xAD { Scalars.append(lower, to: &scratch) }
        index += length
      case .digit:
        form.insert(.digit)
        Scalars.append(value, to: &scratch)
        index += length
      case .other:
        guard let next = Self.joint(bytes, at: index, value, length, scratch, hasLetter) else { break scan }
        if value == 0x2B || value == 0x23 {
          for byte in bytes[index..<next] { scratch.append(byte) }
        } else if value == 0x2E || value == 0x2C {
          scratch.append(UInt8(value))
        } else {
          scratch.append(0x27)
        }
        index = next
      default: break scan
      }
      // A run without end (hex dumps, base64) is cut: no word is that long.
      if index - start > 240 { break }
    }
    if !hasLetter { form.insert(.number) }
    append(bytes, start, index, form)
    return index
  }

  /// Where a word goes on after a sign inside it; nil where the word ends before the sign.
  private static func joint(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ value: UInt32, _ length: Int, _ before: [UInt8],
    _ hasLetter: Bool
  ) -> Int? {
    let next = index + length
    switch value {
    case 0x27, 0x2019:
      guard next < bytes.count, hasLetter else { return nil }
      let (after, afterLength) = Scalars.decode(bytes, at: next)
      guard Scalars.classify(after) == .letter else { return nil }
      // Possessive "'s".
      if after == 0x73 || after == 0x53 {
        let end = next + afterLength
        if end >= bytes.count { return nil }
        let kind = Scalars.classify(Scalars.decode(bytes, at: end).value)
        if kind != .letter && kind != .digit { return nil }
      }
      if before.count <= 7, elisions.contains(hash: Vocabulary.hash(before)) { return nil }
      return next
    case 0x2E:
      guard next < bytes.count else { return nil }
      let after = Scalars.decode(bytes, at: next).value
      // "the end.Next": a missing space, not a word; "U.S", "ASP.NET" and "Node.js" are words.
      if hasLetter, before.count > 3, Scalars.isUpper(after) { return nil }
      let kind = Scalars.classify(after)
      return kind == .letter || kind == .digit ? next : nil
    case 0x2C:
      guard !hasLetter, next < bytes.count else { return nil }
      return Scalars.classify(Scalars.decode(bytes, at: next).value) == .digit ? next : nil
    case 0x2B where hasLetter:
      guard next < bytes.count, bytes[next] == 0x2B, before.count <= 4 else { return nil }
      return next + 1
    case 0x23 where hasLetter && before.count == 1: return next
    default: return nil
    }
  }

  private mutating func ideographs(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var starts: [Int] = [start]
    var index = start
    while index < bytes.count, starts.count <= 4096 {
      let (value, length) = Scalars.decode(bytes, at: index)
      guard Scalars.classify(value) == .ideograph else { break }
      index += length
      starts.append(index)
    }
    if starts.count == 2 {
      pair(bytes, start, index)
    } else {
      for position in 0..<(starts.count - 2) { pair(bytes, starts[position], starts[position + 2]) }
    }
    return index
  }

  private mutating func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
    scratch.removeAll(keepingCapacity: true)
    for byte in bytes[start..<end] { scratch.append(byte) }
    append(bytes, start, end, [.ideographs])
  }

  private mutating func append(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ form: Token.Form
  ) {
    var form = form
    if start > 0, let last = tokens.last, Int(last.end) < start {
      let gap = start - Int(last.end)
      let before = bytes[start - 1]
      let isSign = before == 0x2D || before == 0x27 || before == 0x2F || before == 0x5F
      let isMark = before == 0x99 || before == 0x90 || before == 0x91
      // "Navier–Stokes"; a range of numbers is two of them.
      let isDash = before == 0x93 && !last.form.contains(.number) && !form.contains(.number)
      let isWideSign = gap == 3 && bytes[start - 3] == 0xE2 && bytes[start - 2] == 0x80 && (isMark || isDash)
      if (gap == 1 && isSign) || isWideSign { form.insert(.glued) }
    }
    let number = scratch.withUnsafeBufferPointer { vocabulary.number(of: $0) }
    tokens.append(Token(start: Int32(start), end: Int32(end), word: number, form: form))
  }
}
