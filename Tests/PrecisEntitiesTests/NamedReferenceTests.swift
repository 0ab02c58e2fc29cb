import Testing

@testable import PrecisEntities

@Suite("Named character references")
struct NamedReferenceTests {
  private func text(_ name: String) -> String? {
    var bytes: [UInt8] = []
    var name = name
    let isKnown = name.withUTF8 { NamedReference.append($0, to: &bytes) }
    return isKnown ? String(decoding: bytes, as: UTF8.self) : nil
  }

  @Test(
    "a name is looked up, first, last, and with two characters",
    arguments: [
      ("AElig", "Æ"), ("zwnj", "\u{200C}"), ("amp", "&"), ("AMP", "&"), ("nbsp", "\u{A0}"), ("frac12", "½"),
      ("NotEqualTilde", "\u{2242}\u{338}"), ("Aopf", "𝔸"), ("CounterClockwiseContourIntegral", "∳"),
    ])
  func known(_ name: String, _ value: String) {
    #expect(text(name) == value)
  }

  @Test(
    "what HTML does not name is nothing",
    arguments: ["", "a", "ampx", "AEli", "AEligx", "zzzz", ":", " ", "e9"])
  func unknown(_ name: String) {
    #expect(text(name) == nil)
  }

  @Test("every name of the table is found: it is sorted")
  func all() throws {
    let table = String(decoding: NamedReferenceTable.all.bytes, as: UTF8.self).split(separator: " ")
    #expect(table.count == 2125)
    for word in table {
      let parts = word.split(separator: ":")
      let codes = parts[1].split(separator: ",").compactMap {
        UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
      }
      var value = ""
      value.unicodeScalars.append(contentsOf: codes)
      #expect(text(String(parts[0])) == value)
    }
    for name in String(decoding: NamedReferenceTable.legacy.bytes, as: UTF8.self).split(separator: " ") {
      var name = String(name)
      #expect(name.withUTF8 { NamedReference.isLegacy($0) })
      #expect(text(name) != nil)
    }
  }
}

extension StaticString {
  fileprivate var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
