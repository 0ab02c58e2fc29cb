import PrecisTestLimits
import PrecisTestSupport
import Testing

/// docs/store-format.md tells other programs how to read a store: its recipes are run on one.
@Suite("Recipes", .mustEnd)
struct RecipeTests {
  @Test("the recipes of store-format.md give every article in its newest state")
  func recipes() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let version = Shared(1)
    let server = try LoopbackServer { _ in
      .ok(SampleFeed.rss("Blog", items: 0..<12, text: "Version \(version.value), naïve “quotes”."))
    }
    let program = try Program("[store]\nretention_per_feed = 9")
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(server.url("/"))'/></body></opml>")
    program.run("sync")
    version.value = 2
    #expect(program.run("sync", "--force").status == 0)
    let titles = program.json("list").compactMap { $0["title"]?.string }
    #expect(titles.count == 9)
    let file = try program.directory.write(titles.map { $0 + "\n" }.joined(), to: "titles")
    let run = CommandRun.run(
      ["python3", root + "/Tests/recipes/run.py", program.store, file], timeoutSeconds: 120)
    guard run.status != 127 else { return print("skipped: python3 is missing") }
    print(run.stdout)
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
  }
}
