/// Brings the forms of a word together by taking off endings: phases of rules, kept as data per language.
///
/// It is light on purpose. What it leaves is a key to compare words by, never shown to anybody.
struct Stemmer: Sendable {
  /// One ending, what takes its place, and how many bytes must stay before it.
  struct Rule: Sendable {
    let suffix: [UInt8]
    let replacement: [UInt8]
    let leaves: Int
  }

  private let phases: [[Rule]]
  private let undoubles: Bool

  /// Rules are given as "suffix>replacement:leaves" parted by spaces; the first that fits in a phase applies.
  init(phases: [String], undoubles: Bool = false) {
    self.undoubles = undoubles
    self.phases = phases.map { phase in
      phase.split(separator: " ").map { rule in
        let parts = rule.split(separator: ":")
        let sides = parts[0].split(separator: ">", omittingEmptySubsequences: false)
        return Rule(
          suffix: Array(sides[0].utf8), replacement: sides.count > 1 ? Array(sides[1].utf8) : [],
          leaves: parts.count > 1 ? Int(parts[1]) ?? 3 : 3)
      }
    }
  }

  /// The stem of a word in lower case.
  func stem(_ word: String) -> String {
    var bytes = Array(word.utf8)
    guard bytes.count > 3, bytes.count < 40 else { return word }
    for (number, phase) in phases.enumerated() {
      for rule in phase where Self.hasSuffix(bytes, rule) {
        bytes.removeLast(rule.suffix.count)
        bytes.append(contentsOf: rule.replacement)
        if undoubles, number == 1 { Self.undouble(&bytes) }
        break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hasSuffix(_ bytes: [UInt8], _ rule: Rule) -> Bool {
    let left = bytes.count - rule.suffix.count
    guard left >= rule.leaves else { return false }
    for (offset, byte) in rule.suffix.enumerated() where bytes[left + offset] != byte { return false }
    return true
  }

  /// "running" leaves "runn": one of two equal consonants goes, but for l, s and z.
  private static func undouble(_ bytes: inout [UInt8]) {
    guard bytes.count > 3, let last = bytes.last, bytes[bytes.count - 2] == last else { return }
    if ![0x6C, 0x73, 0x7A, 0x65, 0x6F].contains(last) { bytes.removeLast() }
  }
}

extension Stemmer {
  /// The stemmer of a language; nil where words are compared as they are.
  static func of(_ language: String) -> Stemmer? { table[language] }

  private static let table: [String: Stemmer] = [
    "en": Stemmer(
      phases: [
        "sses>ss:1 ies>y:2 us>us:1 ss>ss:1 is>is:1 's:2 s:3",
        "eed>ee:2 ying>y:2 ied>y:2 ing:3 ed:3",
        """
        ization>iz:2 isation>iz:2 ational>at:2 fulness>ful:2 iveness>iv:2 ousness>ous:2 ability>abl:2 \
        ibility>ibl:2 ation>at:3 ators>at:3 ator>at:3 ically>ic:2 ally>al:3 izer>iz:3 iser>iz:3 ise>iz:3 \
        ize>iz:3 ity:4 ness:3 ment:4 ful:3 ical>ic:3 ions:4 ion:4 ly:4 ive:4 ate>at:3 er:4 or:4
        """,
        "y>i:3 e:3",
      ], undoubles: true),
    "de": Stemmer(
      phases: [
        "heiten:4 keiten:4 ungen>ung:3 innen:4 erinnen:4",
        "ern:3 em:3 en:3 er:3 es:3 e:3 s:4 n:5",
        "heit:4 keit:4 lich:4 isch:4 ung:4 ig:4 st:5",
      ]),
    "fr": Stemmer(
      phases: [
        "eaux>eau:2 aux>al:3 s:3 x:4",
        """
        issements:3 issement:3 atrices:3 ateurs:3 ations:3 atrice:3 ateur:3 ation:3 ments:4 ment:4 euses:3 euse:3 \
        ables:3 able:3 istes:3 iste:3 ismes:3 isme:3 ités:3 ité:3 ives:3 ive:3 ifs:3 if:3 eurs:3 eur:3 \
        ions:4 ion:4 ées:3 és:3 ée:3 é:3 er:4 ent:4 es:4 e:4
        """,
      ]),
    "es": Stemmer(
      phases: [
        """
        amientos:3 imientos:3 amiento:3 imiento:3 aciones:3 uciones:3 adores:3 ación:3 idades:3 ador:3 adora:3 \
        mente:4 idad:3 ables:3 ibles:3 able:3 ible:3 istas:3 ista:3 ismos:3 ismo:3 iendo:3 ando:3 ados:3 adas:3 \
        idos:3 idas:3 ado:3 ada:3 ido:3 ida:3 ar:4 er:4 ir:4 es:4 os:3 as:3 s:4 o:4 a:4 e:4
        """
      ]),
    "pt": Stemmer(
      phases: [
        """
        amentos:3 imentos:3 amento:3 imento:3 ações:3 uções:3 adores:3 ação:3 idades:3 ador:3 adora:3 mente:4 \
        idade:3 áveis:3 íveis:3 ável:3 ível:3 istas:3 ista:3 ismos:3 ismo:3 indo:3 endo:3 ando:3 ados:3 adas:3 \
        idos:3 idas:3 ado:3 ada:3 ido:3 ida:3 ões:3 ão:3 ar:4 er:4 ir:4 es:4 os:3 as:3 s:4 o:4 a:4 e:4
        """
      ]),
    "it": Stemmer(
      phases: [
        """
        azioni:3 azione:3 amenti:3 imenti:3 amento:3 imento:3 atori:3 atore:3 atrice:3 mente:4 abili:3 abile:3 \
        ibili:3 ibile:3 isti:3 ista:3 ismo:3 ismi:3 ità:3 ando:3 endo:3 ati:3 ate:3 ato:3 ata:3 uti:3 ute:3 \
        uto:3 uta:3 iti:3 ite:3 ito:3 ita:3 are:4 ere:4 ire:4 i:4 e:4 o:4 a:4
        """
      ]),
    "nl": Stemmer(
      phases: [
        "heden>heid:3 ingen>ing:3 en:3 's:3 s:4 e:4",
        "heid:4 lijk:4 ing:4 ig:4",
      ]),
    "ru": Stemmer(
      phases: [
        """
        иями:6 ями:6 ами:6 иях:6 ость:6 ости:6 остью:6 ение>ен:6 ения>ен:6 ению>ен:6 ением>ен:6 ений>ен:6 \
        ого:6 его:6 ому:6 ему:6 ыми:6 ими:6 ами:6 ях:6 ах:6 ов:6 ев:6 ой:6 ей:6 ий:6 ый:6 ая:6 яя:6 ое:6 ее:6 \
        ые:6 ие:6 ую:6 юю:6 ом:6 ем:6 ам:6 ям:6 ию:6 ия:6 ии:6 ет:8 ит:8 ют:8 ут:8 ть:6 ла:6 ло:6 ли:6 \
        а:6 я:6 о:6 е:6 и:6 ы:6 у:6 ю:6 ь:6 й:6
        """,
        "нн>н:6 ост:6 ск:6",
      ]),
  ]
}
