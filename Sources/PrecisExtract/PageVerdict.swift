/// Decides what kind of page was read.
enum PageVerdict {
  static func judge(
    tree: PageTree, content: Content, page: ExtractedPage, metadata: PageMetadata
  ) -> ExtractedPage.Verdict { page.wordCount == 0 ? .empty : .article }
}
