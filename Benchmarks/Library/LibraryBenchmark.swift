// precis-library-benchmark DIRECTORY ARTICLES: what near-duplicates and related articles cost at a tenth of ARTICLES and
// at all of them, with the indexes in DIRECTORY; and how the decisions on made pairs come out.

import Glibc
import PrecisModel
import PrecisNearDuplicate
import PrecisPostings
import PrecisRelated

@main
enum LibraryBenchmark {
  static func main() throws {
    guard CommandLine.arguments.count == 3, let articles = Int(CommandLine.arguments[2]), articles >= 100
    else {
      print("usage: precis-library-benchmark DIRECTORY ARTICLES")
      exit(64)
    }
    let directory = CommandLine.arguments[1]
    mkdir(directory, 0o755)
    let made = MadeArticles()
    let nearPostings = PostingIndex(startingAt: directory + "/near-duplicates")
    let relatedPostings = PostingIndex(startingAt: directory + "/related")
    let near = NearDuplicateIndex(nearPostings)
    let related = RelatedIndex(relatedPostings)

    func persist(_ covered: Int) throws {
      try nearPostings.persist(covered: Int64(covered))
      try relatedPostings.persist(covered: Int64(covered))
      nearPostings.release()
      relatedPostings.release()
    }

    MadePairs().report(min(1000, max(20, articles / 100)))
    var inserted = 0
    for goal in [articles / 10, articles] {
      var (digesting, inserting) = (0.0, 0.0)
      let first = inserted
      while inserted < goal {
        let article = made.article(inserted)
        let text = article.text
        let start = cpu()
        let sketch = Sketch(text: text)
        let terms = RelatedTerms(title: article.title, topics: article.topics, text: text)
        let middle = cpu()
        near.insert(sketch, id: id(inserted))
        related.insert(terms, id: id(inserted))
        digesting += middle - start
        inserting += cpu() - middle
        inserted += 1
        if inserted % 10_000 == 0 { try persist(inserted) }
      }
      let start = cpu()
      try persist(inserted)
      inserting += cpu() - start
      let count = Double(inserted - first)
      print("\(inserted) articles, \(memory())")
      print(
        "  digest \(rounded(digesting / count * 1000)) ms an article, on any thread; insertion \(rounded(inserting / count * 1000)) ms"
      )
      print(
        "  bytes an article: near-duplicates \(near.memoryBytes / inserted), related \(related.memoryBytes / inserted)"
      )
      let questions = min(2000, inserted)
      var right = 0
      measured("near-duplicates of a new article", questions) { at in
        _ = near.duplicates(of: Sketch(text: made.article(2_000_000 + at).text))
      }
      measured("near-duplicates of a teaser", questions) { at in
        let number = at * (inserted / questions)
        let teaser = made.article(number).text.split(separator: " ").prefix(45).joined(separator: " ")
        if near.duplicate(of: Sketch(text: teaser)) == id(number) { right += 1 }
      }
      print("  of these found: \(right) of \(questions)")
      measured("related of an article", questions) { at in
        let number = at * (inserted / questions)
        let article = made.article(number)
        let terms = RelatedTerms(title: article.title, topics: article.topics, text: article.text)
        _ = related.related(to: terms, excluding: id(number))
      }
      nearPostings.release()
      relatedPostings.release()
      print("  after giving pages back: \(memory())")
    }
  }

  static func id(_ number: Int) -> ArticleID { ArticleID(identity: "made \(number)") }

  /// CPU seconds of the process.
  static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// The process's memory: its own, and mapped files, in MB.
  static func memory() -> String {
    guard let file = fopen("/proc/self/status", "r") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    var values: [String] = []
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let words = text.split(whereSeparator: \.isWhitespace)
      guard let name = words.first, name == "RssAnon:" || name == "RssFile:", let size = Int(words[1]) else {
        continue
      }
      values.append("\(name.dropLast()) \(size / 1024) MB")
    }
    return values.joined(separator: ", ")
  }

  /// CPU milliseconds of each call, the middle one and the one that 95 in 100 stay below.
  static func measured(_ name: String, _ count: Int, _ body: (Int) -> Void) {
    var times: [Double] = []
    for at in 0..<count {
      let start = cpu()
      body(at)
      times.append((cpu() - start) * 1000)
    }
    times.sort()
    print("  \(name): p50 \(rounded(times[count / 2])) ms, p95 \(rounded(times[count * 95 / 100])) ms")
  }

}
