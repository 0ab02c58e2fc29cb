import PrecisPostings
import Testing

@Suite("The filter of a segment's keys")
struct PostingFilterTests {
  @Test("it has every key that was inserted, and less than one in a hundred of the others")
  func rejecting() {
    let count = 20_000
    // An odd factor: distinct keys all over the range, as the index spreads them.
    func key(_ number: Int) -> UInt32 { UInt32(truncatingIfNeeded: number) &* 0x9E37_79B1 }
    var filter = PostingFilter(words: PostingFilter.size(keys: count))
    for number in 0..<count { filter.insert(key(number)) }
    #expect((0..<count).allSatisfy { filter.mayHave(key($0)) })
    let wrong = (count..<(2 * count)).count { filter.mayHave(key($0)) }
    #expect(wrong < count / 100, "\(wrong) of \(count)")
  }
}
