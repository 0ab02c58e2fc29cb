import PrecisJSON
import PrecisModel

/// Makes a feed of the members and items of a JSON Feed (versions 1.0 and 1.1).
final class JSONFeedReader {
  private(set) var feed = ParsedFeed(format: .jsonFeed11)
  private(set) var failure: ParseError?
  var warningLog: WarningLog
  private let splitter: JSONFeedSplitter
  private var hasVersion = false
  private var entryCount = 0
  private let limits: ParseLimits
  private let adapter: JSONFeedAdapter
  private let onEntry: (ParsedEntry) -> Void

  init(url: String?, limits: ParseLimits, leadingLines: Int, onEntry: @escaping (ParsedEntry) -> Void) {
    self.limits = limits
    self.onEntry = onEntry
    adapter = JSONFeedAdapter(base: BaseStack(document: url))
    warningLog = WarningLog(limit: limits.maxWarnings)
    splitter = JSONFeedSplitter(
      depthLimit: min(limits.maxDepth, JSONParser.depthLimit), sizeLimit: limits.maxEntryBytes,
      line: leadingLines + 1)
  }

  func consume(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard failure == nil else { return }
    splitter.consume(bytes) { take($0) }
    switch splitter.problem {
    case .depth: failure = failure ?? .limit(.depth, min(limits.maxDepth, JSONParser.depthLimit))
    case .size: failure = failure ?? .limit(.entryBytes, limits.maxEntryBytes)
    case nil: return
    }
  }

  /// Ends the document.
  ///
  /// - Throws: `ParseError` where it is no JSON Feed, or where a limit was passed.
  func finish() throws(ParseError) -> ParsedFeed {
    if let failure { throw failure }
    guard hasVersion || splitter.foundItems else { throw .notAFeed("JSON, but no JSON Feed") }
    if !splitter.isComplete { warn("the document ends before its brackets are closed", splitter.line) }
    if !hasVersion { warn("no version of JSON Feed is named", 0) }
    return feed
  }

  private func warn(_ message: String, _ line: Int) {
    warningLog.add(ParseWarning(line: line, message: message))
  }

  private func take(_ piece: JSONFeedSplitter.Piece) {
    guard failure == nil else { return }
    switch piece {
    case .member(let key, let json, let line):
      guard let value = parse(json, line) else { return }
      if key == "version" { readVersion(value) } else { adapter.read(key, value, into: &feed) }
    case .item(let json, let line):
      guard let value = parse(json, line) else { return }
      guard entryCount < limits.maxEntries else {
        failure = .limit(.entries, limits.maxEntries)
        return
      }
      guard var entry = adapter.entry(value, warn: { warn($0, line) }) else {
        warn("an item without id, address, title and content was left out", line)
        return
      }
      entry.line = line
      entryCount += 1
      onEntry(entry)
    }
  }

  private func parse(_ json: [UInt8], _ line: Int) -> JSONValue? {
    do throws(JSONError) {
      return try JSONParser.parse(json)
    } catch {
      warn("not JSON: \(error.reason)", line)
      return nil
    }
  }

  private func readVersion(_ value: JSONValue) {
    guard let version = value.string, version.lowercased().contains("jsonfeed.org/version/") else { return }
    hasVersion = true
    let isFirst = version.hasSuffix("/1") || version.hasSuffix("/1.0") || version.hasSuffix("/1/")
    feed.format = isFirst ? .jsonFeed10 : .jsonFeed11
  }
}
