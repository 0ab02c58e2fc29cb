import Glibc
import PrecisModel
import PrecisNearDuplicate
import Testing

@Suite("The near-duplicate index")
struct NearDuplicateIndexTests {
  private func id(_ at: Int) -> ArticleID { ArticleID(identity: "n\(at)") }
  private func sketch(_ at: Int, words: Int = 150) -> Sketch {
    Sketch(text: MadeText.words(words, seed: UInt64(at) + 100))
  }

  private func filled(_ numbers: some Sequence<Int>) -> NearDuplicateIndex {
    let index = NearDuplicateIndex()
    for at in numbers { index.insert(sketch(at), id: id(at)) }
    return index
  }

  @Test("a text is found among thousands, whole, framed and cut short")
  func finding() {
    let index = filled(0..<2500)
    #expect(index.count == 2500)
    for at in stride(from: 0, to: 2500, by: 97) {
      #expect(index.duplicate(of: sketch(at)) == id(at))
      #expect(index.duplicate(of: sketch(at, words: 40)) == id(at))
      #expect(index.duplicate(of: sketch(at, words: 500)) == id(at))
      #expect(index.duplicate(of: sketch(at), excluding: id(at)) == nil)
    }
    #expect(index.duplicate(of: sketch(9999)) == nil)
    #expect(index.memoryBytes / index.count < 2800)
  }

  @Test("the answers do not depend on the order of arrival")
  func order() {
    let forwards = filled(0..<1500)
    let backwards = filled((0..<1500).reversed())
    for index in [forwards, backwards] {
      // Two more copies of one text: the smallest id of equals wins.
      for copy in [5001, 5000] { index.insert(sketch(7), id: id(copy)) }
    }
    let wanted = [id(7), id(5000), id(5001)].min()
    #expect(forwards.duplicate(of: sketch(7)) == wanted)
    #expect(backwards.duplicate(of: sketch(7)) == wanted)
    #expect(forwards.duplicates(of: sketch(7)).map(\.id) == backwards.duplicates(of: sketch(7)).map(\.id))
  }

  @Test("a removed article is not found, a replaced one by its new text")
  func removal() {
    let index = filled(0..<1100)
    index.remove(id(3))
    index.remove(id(1099))
    index.insert(sketch(7000), id: id(4))
    #expect(index.count == 1098)
    #expect(index.duplicate(of: sketch(3)) == nil)
    #expect(index.duplicate(of: sketch(1099)) == nil)
    #expect(index.duplicate(of: sketch(4)) == nil)
    #expect(index.duplicate(of: sketch(7000)) == id(4))
    #expect(!index.contains(id(3)))
    #expect(index.contains(id(4)))
  }

  @Test("texts too short to recognise are left out")
  func short() {
    let index = NearDuplicateIndex()
    index.insert(Sketch(text: "Too short."), id: id(1))
    #expect(index.count == 0)
    #expect(index.duplicate(of: Sketch(text: "Too short.")) == nil)
  }

  @Test("a thousand texts with one beginning neither hide nor match each other")
  func commonBeginning() {
    let index = NearDuplicateIndex()
    let beginning = MadeText.words(120, seed: 1)
    func text(_ at: Int) -> Sketch {
      Sketch(text: beginning + " " + MadeText.words(300, seed: UInt64(at) + 9))
    }
    for at in 0..<1000 { index.insert(text(at), id: id(at)) }
    for at in [0, 500, 999] {
      #expect(index.duplicate(of: text(at)) == id(at))
      #expect(index.duplicate(of: text(at), excluding: id(at)) == nil)
    }
  }

  @Test("a saved index is the same file for the same articles, and answers as before")
  func file() throws {
    let path = "/tmp/precis-neardup-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { for name in [path, path + "2"] { unlink(name) } }
    let index = filled(0..<1300)
    index.remove(id(5))
    try index.save(to: path)
    index.insert(sketch(8000), id: id(8000))
    #expect(index.duplicate(of: sketch(8000)) == id(8000))
    #expect(index.count == 1300)
    let again = try NearDuplicateIndex(path: path)
    #expect(again.count == 1299)
    #expect(again.duplicate(of: sketch(77)) == id(77))
    #expect(again.duplicate(of: sketch(5)) == nil)
    #expect(again.memoryBytes / again.count <= 1500)
    try filled((0..<1300).reversed().filter { $0 != 5 }).save(to: path + "2")
    #expect(try bytes(path) == bytes(path + "2"))
  }

  @Test(
    "a damaged, cut or empty file is refused, a missing one is the system's error",
    arguments: [0, 9, 40, -9, -1])
  func damage(at offset: Int) throws {
    let path = "/tmp/precis-neardup-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { unlink(path) }
    try filled(0..<20).save(to: path)
    var content = try bytes(path)
    let place = offset < 0 ? content.count + offset : offset
    content[place] ^= 0x40
    try write(content, path)
    #expect(throws: NearDuplicateFileError.unreadable(path: path)) { try NearDuplicateIndex(path: path) }
    content[place] ^= 0x40
    try write(Array(content.dropLast(3)), path)
    #expect(throws: NearDuplicateFileError.unreadable(path: path)) { try NearDuplicateIndex(path: path) }
    try write([], path)
    #expect(throws: NearDuplicateFileError.unreadable(path: path)) { try NearDuplicateIndex(path: path) }
    unlink(path)
    #expect(throws: NearDuplicateFileError.system(call: "open", path: path, errno: ENOENT)) {
      try NearDuplicateIndex(path: path)
    }
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var out = [UInt8](repeating: 0, count: 4 << 20)
    let count = fread(&out, 1, out.count, file)
    return Array(out.prefix(count))
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }
}
