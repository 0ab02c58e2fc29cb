/// Puts terms into the case in which topics are shown.
enum Casing {
  private static let small: Set<String> = [
    "of", "and", "for", "the", "in", "on", "to", "a", "an", "or", "vs", "with", "de", "des", "du", "del",
    "di", "da",
    "do", "la", "le", "les", "el", "los", "las", "y", "et", "und", "der", "die", "das", "e", "van", "von",
    "à", "au", "della", "dei", "delle", "degli", "dal", "al", "das", "dos", "em", "en", "con", "por", "pour",
    "im",
  ]

  /// "loss scaling" as "Loss Scaling"; words with capitals of their own stay.
  static func title(_ text: String) -> String {
    var words: [String] = []
    for (number, word) in text.split(separator: " ").enumerated() {
      let part = String(word)
      words.append(number > 0 && small.contains(part) ? part : capitalised(part))
    }
    return words.joined(separator: " ")
  }

  /// With a capital at the start, and after a hyphen, where no other capital stands.
  private static func capitalised(_ word: String) -> String {
    guard !word.unicodeScalars.contains(where: { Scalars.isUpper($0.value) }) else { return word }
    // "d’authentification", "l'accès": what was elided stays small.
    let head = word.unicodeScalars.prefix(3)
    if let mark = head.firstIndex(where: { $0 == "'" || $0 == "\u{2019}" }), mark != head.startIndex {
      let end = word.unicodeScalars.index(after: mark)
      return String(word[..<end]) + capitalised(String(word[end...]))
    }
    var result = ""
    // "out-of-print" as "Out-of-Print".
    for (number, part) in word.split(separator: "-", omittingEmptySubsequences: false).enumerated() {
      if number > 0 { result += "-" }
      if number > 0, small.contains(String(part)) {
        result += part
      } else {
        for (place, scalar) in part.unicodeScalars.enumerated() {
          result += place == 0 ? scalar.properties.titlecaseMapping : String(scalar)
        }
      }
    }
    return result
  }

  /// With a small letter at the start, unless the word has further capitals.
  static func lowerFirst(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, Scalars.isUpper(first.value) else { return text }
    let rest = scalars.dropFirst()
    for scalar in rest {
      if scalar == " " || scalar == "-" { break }
      if Scalars.isUpper(scalar.value) || (0x30...0x39).contains(scalar.value) { return text }
    }
    guard let lower = Unicode.Scalar(Scalars.lower(first.value)) else { return text }
    var result = String(Character(lower))
    result.unicodeScalars.append(contentsOf: rest)
    return result
  }
}
