import PrecisModel
import PrecisStore
import PrecisTestLimits
import Testing

@Suite("A group of thousands", .mustEnd)
struct LargeGroupTests {
  let directory = TemporaryDirectory()

  @Test("has room in the index of a new store, and so has the next, with articles that are there already")
  func groups() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...3000 { try writer.append(number: number) }
    try writer.commit()
    for number in 2500...12_000 { try writer.append(number: number, revision: 2) }
    try writer.commit()
    #expect(writer.counts.articles == 12_000)
    for number in stride(from: 1, through: 12_000, by: 7) {
      let known = try #require(writer.find(Sample.keys(number)[0]))
      #expect(known.id == Sample.article(number).id)
      #expect(known.revision == (number < 2500 ? 1 : 2))
    }
  }
}
