import PrecisModel
import Testing

@testable import PrecisStore

@Suite("The index of keys")
struct KeyIndexTests {
  let directory = TemporaryDirectory()

  @Test("finds every article by id, key and address while it grows, and nothing else")
  func growth() throws {
    let writer = try StoreWriter(directory: directory.store)
    for group in 0..<40 {
      for number in (group * 150)..<((group + 1) * 150) { try writer.append(number: number) }
      try writer.commit()
    }
    let reader = try StoreReader(directory: directory.store)
    for number in stride(from: 0, to: 6000, by: 11) {
      let id = Sample.article(number).id
      #expect(writer.find(id.prefix64)?.id == id)
      for key in Sample.keys(number) { #expect(writer.find(key)?.id == id) }
    }
    for number in stride(from: 0, to: 6000, by: 601) {
      #expect(try reader.article(url: Sample.article(number).url ?? "")?.id == Sample.article(number).id)
    }
    #expect((6000..<9000).allSatisfy { writer.find(Sample.keys($0)[0]) == nil })
  }

  @Test("addresses that very many articles share take no other article's place", arguments: [1, 25])
  func sharedAddresses(count: Int) throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 0..<3000 {
      var article = Sample.article(number)
      article.url = "https://example.org/\(number % count)"
      try writer.append(article, keys: Sample.keys(number), fingerprint: 1)
      if number % 500 == 499 { try writer.commit() }
    }
    #expect(try StoreReader(directory: directory.store).article(url: "https://example.org/0") != nil)
    for number in 0..<3000 {
      let id = Sample.article(number).id
      #expect(writer.find(id.prefix64)?.id == id)
      #expect(writer.find(Sample.keys(number)[1])?.id == id)
    }
  }

  @Test("ids that begin alike, as only malice makes them, do not make it grow without end")
  func sharedBeginning() throws {
    let writer = try StoreWriter(directory: directory.store)
    try writer.append(number: 1)
    try writer.commit()
    let line = contents(directory.store + "/entries/000001.ndjson").prefix { $0 != 10 }
    var head = try #require(line.withUnsafeBytes { EntryHead($0) })
    var index = try #require(KeyIndex.create(nil, articles: 1000))
    var growths = 0
    for number in 1...900 as ClosedRange<UInt32> {
      head.idLow = number
      while !index.insert(head, keys: [], at: LineLocation(segment: 1, offset: number, length: 1)) {
        index = try #require(index.grown())
        growths += 1
      }
    }
    #expect(growths < 20 && index.count == 900)
  }

  @Test("one that an earlier release wrote is made anew from the entries")
  func earlierForm() throws {
    var writer = try StoreWriter(directory: directory.store)
    for number in 0..<50 { try writer.append(number: number) }
    try writer.commit()
    writer.close()
    let path = directory.store + "/index/keys"
    var bytes = contents(path)
    #expect(bytes[0..<8].elementsEqual("PISKEYS4".utf8))
    bytes.replaceSubrange(0..<8, with: "PISKEYS3".utf8)
    // Written in place: the file stays the one that the index knows itself by.
    write(bytes, to: path)
    #expect(try StoreReader(directory: directory.store).newest(99).count == 50)
    writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.didRebuildIndex)
    #expect((0..<50).allSatisfy { writer.find(Sample.keys($0)[0])?.id == Sample.article($0).id })
  }
}
