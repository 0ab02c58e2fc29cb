import PrecisModel
import PrecisNearDuplicate
import PrecisPostings
import PrecisTestSupport
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

  @Test("a replaced article is found by its new text only")
  func replacing() {
    let index = filled(0..<1100)
    index.insert(sketch(7000), id: id(4))
    index.insert(Sketch(text: "Nothing is left."), id: id(5))
    #expect(index.duplicate(of: sketch(4)) == nil)
    #expect(index.duplicate(of: sketch(5)) == nil)
    #expect(index.duplicate(of: sketch(7000)) == id(4))
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

  @Test("an index over files answers as one in memory, at less than 1.5 KB an article")
  func files() throws {
    let directory = try TemporaryDirectory()
    let postings = PostingIndex(startingAt: directory.file("near"))
    let index = NearDuplicateIndex(postings)
    for at in 0..<1300 { index.insert(sketch(at), id: id(at)) }
    try postings.persist(covered: 1)
    let again = NearDuplicateIndex(try PostingIndex(directory: directory.file("near"), access: .reading))
    #expect(again.count == 1300)
    #expect(again.memoryBytes / again.count <= 1500)
    for at in [0, 77, 1299] {
      #expect(again.duplicate(of: sketch(at, words: 60)) == id(at))
      #expect(again.duplicate(of: sketch(at + 5000)) == nil)
    }
  }
}

@Suite("Lines that a feed puts around its articles")
struct FeedFramesTests {
  private func text(_ at: Int) -> String {
    "Issue \(at) of our weekly column\n" + MadeText.words(30, seed: UInt64(at))
      + "\nOur weekly letter, no. \(at): join 4,0\(at) readers\nGive the paper to a friend"
  }

  @Test("a line that three articles have is left out of their sketches, whatever its numbers")
  func learning() {
    var frames = FeedFrames()
    #expect(frames.learn(from: [text(1), text(2)]).isEmpty)
    #expect(frames.learn(from: [text(1), text(2), text(3)]).count == 3)
    #expect(frames.learn(from: [text(1), text(2), text(3)]).isEmpty)
    #expect(Sketch(text: text(4), without: frames) == Sketch(text: MadeText.words(30, seed: 4)))
    #expect(Sketch(text: text(4)).wordCount > 40)
  }

  @Test("what is remembered of a feed is worth as much as what was learned")
  func remembering() {
    var learned = FeedFrames()
    let lines = learned.learn(from: [text(1), text(2), text(3)])
    #expect(Sketch(text: text(9), without: FeedFrames(lines)) == Sketch(text: text(9), without: learned))
  }
}
