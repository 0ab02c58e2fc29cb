/// What the curator knows of a language: its stop words and how to stem its words.
struct LanguageProfile: Sendable {
  /// BCP 47, the primary subtag alone.
  let code: String
  /// Words that carry no meaning of their own.
  let stopWords: WordSet
  /// Nil where words are compared as they are.
  let stemmer: Stemmer?

  private init(_ code: String, _ words: String) {
    self.code = code
    stopWords = WordSet(words)
    stemmer = Stemmer.of(code)
  }

  /// The profile of a language tag such as "pt-BR"; an empty one for a language without data.
  static func of(_ tag: String) -> LanguageProfile {
    let primary = String(decoding: tag.utf8.prefix { $0 != 0x2D && $0 != 0x5F }, as: UTF8.self).lowercased()
    for profile in all where profile.code == primary { return profile }
    return LanguageProfile(primary, "")
  }

  /// Those with stop words, in a fixed order: at equal evidence the earlier wins.
  static let all: [LanguageProfile] = StopWordData.byLanguage.map { LanguageProfile($0.code, $0.words) }
}
