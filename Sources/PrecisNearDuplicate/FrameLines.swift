/// Lines that a site puts around every article: credits, subscription prompts, share rows, notices.
///
/// They make different articles of one site alike and one article of two sites different, so a sketch leaves
/// them out. A line is dropped only where it is short and has the form of such a line.
enum FrameLines {
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

  private static let parts = [
    "appeared first on", "originally published by", "originally published on", "originally published at",
    "originally appeared", "first published on", "all rights reserved", "newsletter", "subscribe for free",
    "in your inbox",
    "follow us on", "share this article", "scroll to continue", "click here to", "terms of service",
    "privacy policy", "reprinted with permission", "alle rechte vorbehalten", "tous droits réservés",
    "todos los derechos reservados", "all rights are reserved",
  ]

  private static let startBytes = starts.map { Array($0.utf8) }
  private static let partsByFirstByte: [[[UInt8]]] = {
    var table = [[[UInt8]]](repeating: [], count: 256)
    for part in parts.map({ Array($0.utf8) }) { table[Int(part[0])].append(part) }
    return table
  }()

  /// The text without its frame lines and without the "read more" at its end.
  static func removed(
    from text: UnsafeBufferPointer<UInt8>, learned: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != 0x0A { end += 1 }
      let line = UnsafeBufferPointer(rebasing: text[start..<end])
      if line.count > longest || !isFrame(line), !learned(line) {
        out.append(contentsOf: line)
        out.append(0x0A)
      }
      start = end + 1
    }
    trimEnd(&out)
    return out
  }

  private static func isFrame(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var folded: [UInt8] = []
    folded.reserveCapacity(line.count)
    for byte in line where !(folded.isEmpty && byte <= 0x20) {
      folded.append(0x41...0x5A ~= byte ? byte | 0x20 : byte)
    }
    while let last = folded.last, last <= 0x20 { folded.removeLast() }
    guard !folded.isEmpty else { return true }
    // A line that begins like a frame line but goes on for sentences is prose.
    let stops = folded.indices.dropLast().count { folded[$0] == 0x2E && folded[$0 + 1] == 0x20 }
    if folded.count <= 120, stops <= 2, startBytes.contains(where: folded.starts(with:)) { return true }
    if isDateline(folded) { return true }
    return hasPart(folded)
  }

  /// Whether one of the parts stands in a line: one pass, for most bytes begin none of them.
  private static func hasPart(_ line: [UInt8]) -> Bool {
    for at in line.indices {
      for part in partsByFirstByte[Int(line[at])] where at + part.count <= line.count {
        var length = 1
        while length < part.count, line[at + length] == part[length] { length += 1 }
        if length == part.count { return true }
      }
    }
    return false
  }

  /// "Example Wire — Jan 3": a few words, a dash, a month, a number at the end.
  private static func isDateline(_ line: [UInt8]) -> Bool {
    guard line.count <= 60, let last = line.last, 0x30...0x39 ~= last else { return false }
    guard contains(line, [0xE2, 0x80, 0x94]) || contains(line, [0x20, 0x7C, 0x20]) else { return false }
    return months.contains { contains(line, $0) }
  }

  private static let months = [
    " jan", " feb", " mar", " apr", " may ", " jun", " jul", " aug", " sep", " oct", " nov", " dec",
  ].map { Array($0.utf8) }

  private static func contains(_ line: [UInt8], _ part: [UInt8]) -> Bool {
    guard line.count >= part.count else { return false }
    var at = 0
    while at + part.count <= line.count {
      if line[at] == part[0] {
        var length = 1
        while length < part.count, line[at + length] == part[length] { length += 1 }
        if length == part.count { return true }
      }
      at += 1
    }
    return false
  }

  private static let tails = [
    "continue reading", "read more", "read the full article", "read the rest", "more",
  ].map {
    Array($0.utf8)
  }

  /// Cuts "[…] Continue reading" from the end of an excerpt.
  private static func trimEnd(_ text: inout [UInt8]) {
    func trimMarks() {
      while let last = text.last,
        last <= 0x20 || [0x2E, 0x5B, 0x5D, 0x28, 0x29, 0xE2, 0x80, 0xA6, 0x3E].contains(last)
      {
        text.removeLast()
      }
    }
    trimMarks()
    for tail in tails where text.count > tail.count {
      let start = text.count - tail.count
      let isTail = (0..<tail.count).allSatisfy { text[start + $0] | 0x20 == tail[$0] | 0x20 }
      // Only after a mark: "…] Continue reading", not "he likes to read more".
      if isTail, start >= 2, [0x5D, 0x2E, 0xA6, 0x0A].contains(text[start - 2]) || text[start - 1] == 0x0A {
        text.removeLast(tail.count)
        trimMarks()
        return
      }
    }
  }
}
