import Testing

@testable import PrecisJSON

@Suite("Writing JSON")
struct JSONWriterTests {
  private func string(_ text: String) -> String {
    var json = JSONWriter(capacity: 1)
    json.string(text)
    return json.text
  }

  @Test("every byte that JSON cannot hold is escaped, wherever it stands")
  func escapes() {
    let escaped = [
      "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0}": "\\u0000",
      "\u{1F}": "\\u001f",
      "\u{7F}": "\\u007f",
    ]
    for (character, written) in escaped {
      for length in 0...70 {
        for place in 0...length {
          let before = String(repeating: "é", count: place)
          let after = String(repeating: "x", count: length - place)
          #expect(string(before + character + after) == "\"" + before + written + after + "\"")
        }
      }
    }
  }

  @Test(
    "what needs no escape stays as it is", arguments: ["", "x", "é", "😀 / \u{80}\u{2028}'<>&", " !#[]^`~"])
  func plain(_ text: String) {
    for count in 0...40 {
      let long = String(repeating: text, count: count)
      #expect(string(long) == "\"" + long + "\"")
    }
  }

  @Test("a long document grows the buffer, and keeps its commas")
  func growth() {
    var json = JSONWriter(capacity: 1)
    json.beginObject()
    json.field("list", (0..<500).map { "item \($0)\n" })
    json.field("number", 7)
    json.key("nested")
    json.beginArray()
    json.raw("1")
    json.raw(Array("2".utf8))
    json.bool(true)
    json.endArray()
    json.endObject()
    json.newline()
    let list = (0..<500).map { "\"item \($0)\\n\"" }.joined(separator: ",")
    let (text, count, bytes) = (json.text, json.count, json.withBytes { Array($0) })
    #expect(text == "{\"list\":[\(list)],\"number\":7,\"nested\":[1,2,true]}\n")
    #expect(count == bytes.count)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(
    "whole numbers of any length",
    arguments: [
      0, 9, 10, 99, 100, -1, -10, 1_234_567_890, .max, .min, .min + 1, 999_999_999_999_999_999,
      1_000_000_000_000_000_000,
    ])
  func numbers(_ value: Int) {
    var json = JSONWriter(capacity: 1)
    json.beginArray()
    json.int(value)
    json.int(value)
    json.endArray()
    let text = json.text
    #expect(text == "[\(value),\(value)]")
  }

  @Test("output in pieces goes on where it was")
  func pieces() {
    var json = JSONWriter()
    json.beginArray()
    json.string("a")
    let first = json.text
    json.removeBytes()
    let isEmpty = json.isEmpty
    #expect(isEmpty)
    json.string("b")
    json.endArray()
    let second = json.text
    #expect(first + second == "[\"a\",\"b\"]")
  }
}
