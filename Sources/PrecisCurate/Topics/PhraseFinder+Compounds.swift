/// Tells what hyphens hold together, and which part of a term can be one itself.
extension PhraseFinder {
  func isAfterHyphen(_ index: Int) -> Bool { document.tokens[index].form.contains(.glued) }

  /// "off" in "off-policy", "end" in "end-to-end": what comes next hangs on it by a hyphen.
  func opensCompound(_ index: Int) -> Bool {
    let token = document.tokens[index]
    guard !token.form.contains(.glued), token.end - token.start > 1, hangsOnNext(index) else { return false }
    return roles[Int(document.tokens[index + 1].word)] != .breaks || isInsideCompound[index + 1]
  }

  /// Whether a hyphen ties a word to the next.
  func hangsOnNext(_ index: Int) -> Bool {
    index + 1 < document.tokens.count && document.tokens[index + 1].form.contains(.glued)
      && document.bytes[Int(document.tokens[index].end)] == 0x2D
  }

  /// For every word whether it is "of" in "out-of-print": inside a chain of hyphens that ends well.
  static func insides(_ document: Document, _ roles: [PhraseRole]) -> [Bool] {
    let tokens = document.tokens
    var isInside = [Bool](repeating: false, count: tokens.count)
    func hangs(_ index: Int) -> Bool {
      index < tokens.count && tokens[index].form.contains(.glued)
        && document.bytes[Int(tokens[index - 1].end)] == 0x2D
    }
    var start = 0
    while start < tokens.count {
      var end = start + 1
      while hangs(end) { end += 1 }
      if (3...4).contains(end - start), roles[Int(tokens[end - 1].word)] != .breaks {
        let chain = tokens[start..<end].map { document.vocabulary.words[Int($0.word)] }.joined(separator: "-")
        if !PhraseLexicon.emptyChains.contains(chain) {
          for index in (start + 1)..<(end - 1) { isInside[index] = true }
        }
      }
      start = end
    }
    return isInside
  }

  /// Whether a part of a term can be one: it begins and ends with words that can, and cuts no name and no chain of hyphens.
  func stands(_ first: Int, _ length: Int, in term: Range<Int>) -> Bool {
    let last = first + length - 1
    func cuts(_ index: Int) -> Bool {
      let (before, after) = (document.tokens[index - 1].form, document.tokens[index].form)
      return after.contains(.glued) || before.contains(.capital) && after.contains(.capital)
    }
    guard canEnd(last, first: first), [.nominal, .modifier].contains(roles[Int(document.tokens[first].word)])
    else {
      return false
    }
    return !(first > term.lowerBound && cuts(first)) && !(last + 1 < term.upperBound && cuts(last + 1))
  }

  /// Whether a word says too little to be a topic alone.
  func isGeneral(_ index: Int) -> Bool {
    index < document.tokens.count
      && PhraseLexicon.isGeneral(document.vocabulary.words[Int(document.tokens[index].word)])
  }
}
