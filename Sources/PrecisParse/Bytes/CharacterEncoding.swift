/// How the bytes of a document stand for characters.
enum CharacterEncoding: Equatable {
  case utf8
  /// Also what ISO-8859-1 and US-ASCII mean on the web (WHATWG Encoding Standard).
  case windows1252
  /// A charset under the name that the C library has for it.
  case iconv(String)

  /// The encoding of a label as publishers write it; nil where it is unknown or refused.
  ///
  /// UTF-7 is refused: it hides markup from every filter.
  init?(label: String) {
    if label == "UTF-8" || label == "utf-8" {
      self = .utf8
      return
    }
    let name = label.lowercased().filter { $0 != "\"" && $0 != "'" && $0 != " " }
    guard !name.isEmpty, name.utf8.count < 40 else { return nil }
    if let known = Self.labels[name] {
      self = known
      return
    }
    guard !name.hasPrefix("utf-7"), !name.hasPrefix("utf7"), !name.contains("/"), !name.contains(","),
      Iconv(charset: name) != nil
    else { return nil }
    self = .iconv(name.uppercased())
  }

  /// Whether a byte under 0x80 stands for the ASCII character.
  var holdsASCII: Bool {
    guard case .iconv(let name) = self else { return true }
    return !Self.wide.contains { name.hasPrefix($0) }
  }

  private static let wide = [
    "UTF-16", "UTF-32", "UCS", "EBCDIC", "IBM", "CP037", "CP1026", "CP500", "UNICODE",
  ]

  private static let labels: [String: CharacterEncoding] = [
    "utf-8": .utf8, "utf8": .utf8, "unicode-1-1-utf-8": .utf8, "x-unicode20utf8": .utf8, "utf-8n": .utf8,
    "iso-8859-1": .windows1252, "iso8859-1": .windows1252, "iso_8859-1": .windows1252,
    "latin1": .windows1252, "latin-1": .windows1252, "l1": .windows1252, "us-ascii": .windows1252,
    "ascii": .windows1252, "windows-1252": .windows1252, "cp1252": .windows1252, "x-cp1252": .windows1252,
    "ansi": .windows1252, "iso-latin-1": .windows1252, "8859-1": .windows1252, "iso88591": .windows1252,
    "gb2312": .iconv("GB18030"), "gbk": .iconv("GB18030"), "x-gbk": .iconv("GB18030"),
    "gb_2312-80": .iconv("GB18030"), "shift_jis": .iconv("CP932"), "shift-jis": .iconv("CP932"),
    "sjis": .iconv("CP932"), "x-sjis": .iconv("CP932"), "ms_kanji": .iconv("CP932"),
    "windows-31j": .iconv("CP932"), "euc-kr": .iconv("CP949"), "ks_c_5601-1987": .iconv("CP949"),
    "ksc5601": .iconv("CP949"), "big5": .iconv("BIG5-HKSCS"), "x-x-big5": .iconv("BIG5-HKSCS"),
    "iso-8859-9": .iconv("CP1254"), "iso-8859-11": .iconv("CP874"), "tis-620": .iconv("CP874"),
    "x-mac-roman": .iconv("MACINTOSH"), "mac": .iconv("MACINTOSH"), "x-euc-jp": .iconv("EUC-JP"),
    "iso-8859-8-i": .iconv("ISO-8859-8"), "koi8": .iconv("KOI8-R"), "x-koi8-r": .iconv("KOI8-R"),
    "utf-16": .iconv("UTF-16"), "utf16": .iconv("UTF-16"), "unicode": .iconv("UTF-16"),
    "ucs-2": .iconv("UTF-16"), "iso-10646-ucs-2": .iconv("UTF-16"), "utf-32": .iconv("UTF-32"),
    "iso-10646-ucs-4": .iconv("UTF-32"), "ucs-4": .iconv("UTF-32"),
  ]
}
