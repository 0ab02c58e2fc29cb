import PrecisCurate
import Testing

@Test("an empty article yields nothing")
func emptyArticle() {
  let curated = Curator().curate(CuratorInput(title: "", text: ""))
  #expect(curated == Curated())
}
