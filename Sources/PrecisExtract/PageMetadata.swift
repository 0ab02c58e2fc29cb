import PrecisJSON
import PrecisModel

/// What a page says about itself.
struct PageMetadata {
  init(tree: PageTree, linkedData: [ArraySlice<UInt8>]) {}
  func fill(_ page: inout ExtractedPage, url: String?) { page.url = url }
}
