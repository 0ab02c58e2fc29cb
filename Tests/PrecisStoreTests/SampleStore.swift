import Glibc
import PrecisModel
import PrecisStore

/// A directory that goes away with its owner.
final class TemporaryDirectory {
  let path: String

  init() {
    // In memory where there is such a place: thousands of small stores are made here.
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(parent)/precis-store-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else { return "/tmp/precis-store" }
      return String(cString: made)
    }
  }

  deinit { removeTree(path) }

  var store: String { path + "/store" }
}

/// Removes a directory and all in it.
func removeTree(_ path: String) {
  if let stream = opendir(path) {
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    closedir(stream)
    for name in names where name != "." && name != ".." { removeTree(path + "/" + name) }
    rmdir(path)
  } else {
    unlink(path)
  }
}

/// Builds articles and states that tests can tell apart.
enum Sample {
  static let feedURL = "https://example.org/feed"
  static let start: Int64 = 1_790_000_000

  /// Article `number` in a revision; the text is `size` bytes long.
  static func article(_ number: Int, revision: Int = 1, size: Int = 200, feed: String = feedURL) -> Article {
    var article = Article(
      id: ArticleID(identity: "article \(number)"), feedID: FeedID(url: feed),
      title: "Article \(number), \"quoted\" and ünïcode", source: .init(name: "Example", feedURL: feed),
      dateSynced: Timestamp(seconds: start + 1_000_000))
    article.revision = revision
    article.url = "https://example.org/articles/\(number)"
    article.datePublished = Timestamp(seconds: start + Int64(number) * 60)
    article.topics = number % 2 == 0 ? ["Even Numbers", "Numbers"] : ["Odd Numbers", "Numbers"]
    var text = "Text of article \(number) in revision \(revision). "
    while text.utf8.count < size { text += "More words follow here; " }
    article.content = .init(html: "<p>\(text)</p>", text: text, hash: "sha256:0")
    return article
  }

  /// The identity keys of article `number`.
  static func keys(_ number: Int) -> [UInt64] {
    [ArticleID(identity: "key \(number)").prefix64, ArticleID(identity: "other \(number)").prefix64]
  }

  /// The state of feed `number` after so many polls.
  static func state(_ number: Int, polls: Int = 1) -> FeedState {
    var state = FeedState(
      url: "https://example.org/feed/\(number)", dateAdded: Timestamp(seconds: start))
    state.title = "Feed \(number)"
    state.counts.polls = polls
    return state
  }
}

extension StoreWriter {
  /// Appends article `number`.
  @discardableResult
  func append(number: Int, revision: Int = 1, size: Int = 200) throws(StoreError) -> Int64 {
    try append(
      Sample.article(number, revision: revision, size: size), keys: Sample.keys(number),
      fingerprint: UInt64(number * 1000 + revision))
  }
}

/// The bytes of a file.
func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: buffer[0..<count])
  }
}

/// Writes a file.
func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "w") else { return }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}
