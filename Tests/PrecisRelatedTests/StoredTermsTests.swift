import PrecisModel
import PrecisTestSupport
import Testing

@testable import PrecisRelated

@Suite("Related terms that stores hold")
struct StoredTermsTests {
  @Test("texts in any script keep the terms that earlier versions gave them")
  func unchanged() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for text in MixedText.texts(400) {
      let terms = RelatedTerms(title: String(text.prefix(40)), topics: [String(text.suffix(20))], text: text)
      for byte in terms.record { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    #expect(hash == 14_192_074_457_807_037_765)
  }
}
