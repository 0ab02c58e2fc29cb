import PrecisNearDuplicate
import PrecisTestSupport
import Testing

@Suite("Sketches that stores hold")
struct StoredSketchTests {
  @Test("texts in any script keep the sketch that earlier versions gave them")
  func unchanged() {
    let texts = MixedText.texts(400)
    let frames = FeedFrames([])
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for text in texts {
      let sketch = Sketch(text: text, without: frames)
      for byte in sketch.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    #expect(hash == 14_804_370_412_401_761_879)
  }
}
