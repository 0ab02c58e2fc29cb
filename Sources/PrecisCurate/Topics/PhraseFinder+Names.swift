/// Tells the names of people, places and institutions, which stay whole.
extension PhraseFinder {
  /// Whether a word is part of a name: it has a capital, and so has the next ("New York", "High Court").
  func isName(_ index: Int, in range: Range<Int>) -> Bool {
    guard document.tokens[index].form.contains(.capital), index + 1 < range.upperBound else { return false }
    let next = document.tokens[index + 1]
    return next.form.contains(.capital) && joins(document.tokens[index], next)
      && !isStop[Int(next.word)]
  }

  /// "of" in "House of Representatives", "and" in "Food and Drug Administration"; at the start of a sentence a capital does
  /// not tell a name.
  func joinsName(_ index: Int, in range: Range<Int>) -> Bool {
    guard isEnglish, index - 1 > range.lowerBound, index + 1 < range.upperBound else { return false }
    let joiner = document.vocabulary.words[Int(document.tokens[index].word)]
    let next = document.tokens[index + 1]
    guard joiner == "of" || joiner == "and", document.tokens[index - 1].form.contains(.capital),
      next.form.contains(.capital), joins(document.tokens[index - 1], document.tokens[index]),
      joins(document.tokens[index], next), roles[Int(next.word)] != .breaks
    else { return false }
    return joiner == "of" || endsAsInstitution(index + 1, in: range)
  }

  /// Whether a name that has an "and" goes on behind it: it ends with what such a name ends with, or began with it
  /// ("Department of Housing and Urban Development").
  func endsAsInstitution(_ start: Int, in range: Range<Int>) -> Bool {
    var last = start
    while last + 1 < range.upperBound, document.tokens[last + 1].form.contains(.capital),
      joins(document.tokens[last], document.tokens[last + 1])
    { last += 1 }
    if last > start, isInstitution[Int(document.tokens[last].word)] { return true }
    let head = start - 4
    return head >= range.lowerBound && isInstitution[Int(document.tokens[head].word)]
      && document.tokens[head].form.contains(.capital) && isNameJoiner(head + 1)
      && (head..<start).dropFirst().allSatisfy { joins(document.tokens[$0 - 1], document.tokens[$0]) }
  }

  /// "of" and "and", where they stand inside a run.
  func isNameJoiner(_ index: Int) -> Bool {
    isEnglish && ["of", "and"].contains(document.vocabulary.words[Int(document.tokens[index].word)])
      && !document.tokens[index].form.contains(.glued)
  }

  /// "the technique Scattered Light Imaging": a participle in capitals within a sentence; in a title all words have them.
  func opensName(_ index: Int, _ range: Range<Int>) -> Bool {
    roles[Int(document.tokens[index].word)] == .participle && index > range.lowerBound
      && isName(index, in: range)
      && !document.tokens[index - 1].form.contains(.capital)
  }

  /// "Donald Trump" of "US President Donald Trump": who somebody is says more than the office.
  func withoutOffice(_ run: Range<Int>) -> Range<Int> {
    guard isEnglish else { return run }
    var start = run.lowerBound
    for index in run.dropLast() where isOffice[Int(document.tokens[index].word)] {
      let next = document.tokens[index + 1]
      if document.tokens[index].form.contains(.capital), next.form.contains(.capital),
        roles[Int(next.word)] == .nominal
      {
        start = index + 1
      }
    }
    return start..<run.upperBound
  }

  func isOfCapitals(_ run: Range<Int>) -> Bool {
    run.allSatisfy { document.tokens[$0].form.contains(.capital) || isNameJoiner($0) }
  }

  /// "Davis Cup" in "Davis Cup format": two capitals or more before small letters are a name of their own.
  func emitName(_ run: Range<Int>, _ found: (Range<Int>) -> Void) -> Range<Int>? {
    var end = run.lowerBound
    while end < run.upperBound, document.tokens[end].form.contains(.capital) { end += 1 }
    let name = run.lowerBound..<end
    guard (2...Self.longestName).contains(name.count), end < run.upperBound else { return nil }
    found(name)
    return name
  }
}
