import PrecisJSON
import PrecisModel

/// An article as it stands in a line.
struct StoredArticle {
  let article: Article
  let head: EntryHead

  /// Reads a line, checks that it is whole and that it is the article's.
  ///
  /// - Throws: `.damaged` where it is not.
  static func read(_ line: [UInt8], id: ArticleID?, place: LineLocation) throws(StoreError) -> StoredArticle {
    let file = "entries/" + StoreDirectory.segmentName(Int(place.segment))
    func damaged(_ reason: String) -> StoreError {
      .damaged(file: file, line: 0, reason: "\(reason) (byte \(place.offset))")
    }
    if let fault = line.withUnsafeBytes({ StoreLine.fault($0) }) { throw damaged(fault) }
    guard let head = head(line), let json = try? JSONParser.parse(line), let article = Article(json: json)
    else { throw damaged("it holds no article") }
    if let id, article.id != id { throw damaged("it holds another article than the index says") }
    return StoredArticle(article: article, head: head)
  }

  /// What the index holds of a line; nil where it is no article's line.
  static func head(_ line: [UInt8]) -> EntryHead? { line.withUnsafeBytes { EntryHead($0) } }
}

/// A feed's state as it stands in a line.
enum StoredState {
  /// Reads a line and checks that it is whole.
  static func read(
    _ line: UnsafeRawBufferPointer, _ extent: FeedState.Extent = .whole, place: @autoclosure () -> String
  ) throws(StoreError) -> FeedState {
    if let fault = StoreLine.fault(line) { throw .damaged(file: place(), line: 0, reason: fault) }
    guard let state = FeedState(line: line, extent: extent) else {
      throw .damaged(file: place(), line: 0, reason: "it holds no feed's state")
    }
    return state
  }

  /// Reads a line whose members are handed on, and checks that it is whole.
  static func line(
    _ line: UnsafeRawBufferPointer, place: @autoclosure () -> String
  ) throws(StoreError) -> FeedStateLine {
    if let fault = StoreLine.fault(line) { throw .damaged(file: place(), line: 0, reason: fault) }
    if let line = FeedStateLine(line) { return line }
    throw .damaged(file: place(), line: 0, reason: "it holds no feed's state")
  }
}

extension EntryHead {
  /// A number as 16 lower-case hexadecimal digits.
  static func hexadecimal(_ value: UInt64) -> String {
    var digits: [UInt8] = []
    digits.appendHexadecimal(value, digits: 16)
    return String(decoding: digits, as: UTF8.self)
  }
}
