import Glibc
import PrecisWords

/// Lines that a site puts around every article: credits, subscription prompts, share rows, notices.
///
/// They make different articles of one site alike and one article of two sites different, so a sketch leaves
/// them out. A line is dropped only where it is short and has the form of such a line.
public enum FrameLines {
  /// The longest such line, in bytes; prose of that length is rare on a line of its own.
  private static let longest = 260

  private static let starts = [
    "by ", "from ", "posted by ", "written by ", "author:", "published ", "updated ", "last updated",
    "related:",
    "read more", "read also", "see also", "also read", "continue reading", "keep reading", "more from ",
    "listen to this",
    "share this", "share on", "follow us", "follow @", "subscribe", "sign up", "advertisement", "sponsored",
    "this post is sponsored", "thanks for reading", "thank you for reading", "copyright", "©", "(c) ",
    "tags:", "filed under",
    "categories:", "comments (", "leave a comment", "image credit", "photo:", "photo by ", "photograph:",
    "view comments", "join our", "get our", "download our", "weiterlesen", "lire la suite", "leer más",
    "siguenos", "síguenos", "abonnieren", "anzeige", "publicité", "publicidad", "читать далее",
    "подписывайтесь",
  ]

  private static let phrases = [
    "appeared first on", "originally published by", "originally published on", "originally published at",
    "originally appeared", "first published on", "all rights reserved", "newsletter", "subscribe for free",
    "in your inbox",
    "follow us on", "share this article", "scroll to continue", "click here to", "terms of service",
    "privacy policy", "reprinted with permission", "alle rechte vorbehalten", "tous droits réservés",
    "todos los derechos reservados", "all rights are reserved",
  ]

  /// The words of a text without its frame lines and without the "read more" at its end.
  ///
  /// - Parameter frames: the lines that the text's feed puts around its articles.
  public static func words(of text: String, without frames: FeedFrames?) -> TextWords {
    var text = text
    return text.withUTF8 { TextWords(utf8: $0, parts: parts(of: $0, frames)) }
  }

  /// What is the article's of a text, and what is its frame.
  private static func parts(of text: UnsafeBufferPointer<UInt8>, _ frames: FeedFrames?) -> [TextWords.Part] {
    var parts: [TextWords.Part] = []
    var start = 0
    while start < text.count {
      let line = UnsafeBufferPointer(rebasing: text[start..<text.lineEnd(from: start)])
      // With its line feed; a blank line has no words and goes with what is before it.
      let end = min(start + line.count + 1, text.count)
      let isText = line.isEmpty || line.count > longest || !(isFrame(line) || frames?.contains(line) == true)
      if parts.isEmpty || (parts[parts.count - 1].isText != isText && !line.isEmpty) {
        parts.append(TextWords.Part(end: end, isText: isText))
      } else {
        parts[parts.count - 1].end = end
      }
      start = end
    }
    trimEnd(text, &parts)
    return parts
  }

  private static func isFrame(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: line.count) { folded in
      var count = 0
      for byte in line where count > 0 || byte > 0x20 {
        folded[count] = 0x41...0x5A ~= byte ? byte | 0x20 : byte
        count += 1
      }
      while count > 0, folded[count - 1] <= 0x20 { count -= 1 }
      guard count > 0 else { return true }
      let folded = UnsafeBufferPointer(rebasing: folded[..<count])
      return startTable.beginsOne(folded) && isShortProse(folded) || isDateline(folded)
        || phraseTable.hasOne(folded)
    }
  }

  /// A line that begins like a frame line but goes on for sentences is prose.
  private static func isShortProse(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count <= 120 else { return false }
    return line.indices.dropLast().count { line[$0] == 0x2E && line[$0 + 1] == 0x20 } <= 2
  }

  private static let startTable = PhraseBytes(starts)
  private static let phraseTable = PhraseBytes(phrases)

  /// "Example Wire — Jan 3": a few words, a dash, a month, a number at the end.
  private static func isDateline(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count <= 60, let last = line.last, 0x30...0x39 ~= last else { return false }
    return dashes.hasOne(line) && months.hasOne(line)
  }

  private static let dashes = PhraseBytes(["—", " | "])
  private static let months = PhraseBytes([
    " jan", " feb", " mar", " apr", " may ", " jun", " jul", " aug", " sep", " oct", " nov", " dec",
  ])

  private static let tails = [
    "continue reading", "read more", "read the full article", "read the rest", "more",
  ].map {
    Array($0.utf8)
  }

  /// Cuts "[…] Continue reading" from the end of an excerpt.
  private static func trimEnd(_ text: UnsafeBufferPointer<UInt8>, _ parts: inout [TextWords.Part]) {
    for at in parts.indices.reversed() where parts[at].isText {
      let start = at == 0 ? 0 : parts[at - 1].end
      let end = withoutMarks(text, start..<parts[at].end)
      guard end > start else {
        parts[at].isText = false
        continue
      }
      let followsLine = parts[..<at].contains(where: \.isText)
      if let tail = tailStart(text, start..<end, followsLine: followsLine) {
        parts.insert(TextWords.Part(end: tail, isText: true), at: at)
        parts[at + 1].isText = false
      }
      return
    }
  }

  /// The end of a range without white space and the marks of what is left out.
  private static func withoutMarks(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let last = text[end - 1]
      if last <= 0x20 || marks.contains(last) {
        end -= 1
      } else if end - range.lowerBound >= ellipsis.count,
        text[(end - ellipsis.count)..<end].elementsEqual(ellipsis)
      {
        end -= ellipsis.count
      } else {
        break
      }
    }
    return end
  }

  private static let marks = Array(".[]()>".utf8)
  private static let ellipsis = Array("…".utf8)

  /// Where the "read more" at the end of a range begins; nil where there is none. Only after a mark: "…] Continue
  /// reading", not "he likes to read more".
  private static func tailStart(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, followsLine: Bool
  ) -> Int? {
    for tail in tails {
      let start = range.upperBound - tail.count
      guard start >= range.lowerBound, (0..<tail.count).allSatisfy({ text[start + $0] | 0x20 == tail[$0] })
      else { continue }
      if start < range.lowerBound + 2 ? followsLine : isAfterMark(text, start) { return start }
    }
    return nil
  }

  private static func isAfterMark(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    text[start - 1] == 0x0A || [0x5D, 0x2E, 0xA6, 0x0A].contains(text[start - 2])
  }
}

/// Phrases that are looked for in a line, as bytes.
private struct PhraseBytes {
  private let phrases: [[UInt8]]
  /// For each two bytes, whether a phrase begins with them: most places of a line begin none.
  private var beginnings = [UInt64](repeating: 0, count: 1 << 10)

  init(_ phrases: [String]) {
    self.phrases = phrases.map { Array($0.utf8) }
    for phrase in self.phrases {
      let pair = Int(phrase[0]) << 8 | Int(phrase[1])
      beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  /// Whether a line begins with one of them.
  func beginsOne(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    beginnings.withUnsafeBufferPointer { isOne(line, at: 0, $0) }
  }

  /// Whether one of them stands in a line.
  func hasOne(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    beginnings.withUnsafeBufferPointer { beginnings in
      for at in line.indices where isOne(line, at: at, beginnings) { return true }
      return false
    }
  }

  @inline(__always)
  private func isOne(
    _ line: UnsafeBufferPointer<UInt8>, at: Int, _ beginnings: UnsafeBufferPointer<UInt64>
  ) -> Bool {
    guard at + 1 < line.count else { return false }
    let pair = Int(line[at]) << 8 | Int(line[at + 1])
    guard beginnings[pair >> 6] >> UInt64(pair & 63) & 1 == 1 else { return false }
    return phrases.contains { line[at...].starts(with: $0) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The end of the line that begins at `start`: its line feed, else the end.
  func lineEnd(from start: Int) -> Int {
    guard start < count, let base = baseAddress, let feed = memchr(base + start, 0x0A, count - start) else {
      return count
    }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(feed))
  }
}
