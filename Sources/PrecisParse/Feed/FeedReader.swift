import PrecisModel

/// Takes the XML events of a feed and hands on its entries.
///
/// The work is done by `FeedState`, a value: one access check an event instead of one a field. Entries are handed on
/// between events, so that whoever takes them may look at the feed.
final class FeedReader: XMLHandler {
  var state: FeedState
  private let onEntry: (ParsedEntry) -> Void

  init(url: String?, limits: ParseLimits, onEntry: @escaping (ParsedEntry) -> Void) {
    self.onEntry = onEntry
    let lines = LineCounter()
    state = FeedState(url: url, limits: limits, lines: lines)
    super.init(lines: lines)
  }

  override var failure: ParseError? {
    get { state.failure }
    set { state.failure = newValue }
  }

  override func warn(_ message: String) { state.warn(message) }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) { state.text(bytes) }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if state.start(name, attributes) { handOn() }
  }

  override func end() {
    if state.end() { handOn() }
  }

  /// Ends the document.
  func finishDocument() {
    state.finishDocument()
    if state.finishedEntry != nil { handOn() }
  }

  private func handOn() {
    guard let entry = state.finishedEntry.take() else { return }
    onEntry(entry)
  }
}

/// Makes a feed of XML events, whichever format they are in.
///
/// Elements inside an entry describe the entry, elements outside describe the feed. What each element means is
/// decided in the files named after its vocabulary; this one keeps track of where we are, collects text, and
/// hands on entries as they close.
struct FeedState {
  /// Why the document is not read on.
  var failure: ParseError?
  /// An entry that is complete and waits to be handed on.
  var finishedEntry: ParsedEntry?
  let lines: LineCounter
  var feed = ParsedFeed(format: .rss)
  var entry = EntryDraft()
  var feedDraft = FeedDraft()
  var isFeed = false
  /// The first element that was no part of a feed.
  var foreignRoot: String?
  var frames: [Frame] = []
  /// The text of the elements that are open, one after the other; a frame knows where its own begins.
  var characters: [UInt8] = []
  var textMode = TextMode.ignore
  var cache = ElementCache()
  var bases: BaseStack
  var languages: [String] = [""]
  /// The names of the markup elements that are open, one after the other.
  var markupNames: [UInt8] = []
  /// `sy:updatePeriod` in seconds, and how often in it.
  var updatePeriod: Int?
  var updateFrequency = 1
  /// The person that is being described by child elements.
  var person = Article.Author()
  let limits: ParseLimits
  var warningLog: WarningLog
  private(set) var entryCount = 0
  var entryBytes = 0

  enum TextMode { case ignore, raw, escaped }

  init(url: String?, limits: ParseLimits, lines: LineCounter) {
    self.limits = limits
    self.lines = lines
    bases = BaseStack(document: url)
    warningLog = WarningLog(limit: limits.maxWarnings)
    frames.reserveCapacity(limits.maxDepth + 8)
    characters.reserveCapacity(65_536)
  }

  mutating func warn(_ message: String) { warningLog.add(ParseWarning(line: lines.line, message: message)) }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch textMode {
    case .ignore: return
    case .raw: characters.append(contentsOf: bytes)
    case .escaped: appendEscaped(bytes)
    }
    entryBytes += bytes.count
    if characters.count > limits.maxTextBytes { fail(.textBytes, limits.maxTextBytes) }
    if entryBytes > limits.maxEntryBytes { fail(.entryBytes, limits.maxEntryBytes) }
  }

  mutating func fail(_ limit: ParseError.Limit, _ value: Int) {
    if failure == nil { failure = .limit(limit, value) }
  }

  /// An element opens; true: an entry waits to be handed on.
  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) -> Bool {
    guard failure == nil else { return false }
    let known = cache.lookUp(name)
    guard let parent = frames.last else {
      // The root that the repair stage puts around everything.
      frames.append(Frame(element: .unknown, context: .document))
      return false
    }
    if parent.isMarkup || parent.element.holdsMarkup {
      if endsUnclosedTitle(parent, known) {
        _ = end()
        return start(name, attributes)
      }
      startMarkup(name, known, attributes, in: parent)
      return false
    }
    var frame = Frame(element: known.element, context: parent.context)
    frame.base = parent.base
    frame.language = parent.language
    if attributes.count > 0 { inherit(attributes, into: &frame) }
    frame.textStart = characters.count
    startElement(name, known, attributes, &frame)
    frames.append(frame)
    setTextMode(frame)
    return known.element == .entry && finishedEntry != nil
  }

  /// The innermost element closes; true: an entry waits to be handed on.
  mutating func end() -> Bool {
    guard failure == nil, let frame = frames.popLast() else { return false }
    if frame.isMarkup {
      endMarkup(frame)
    } else {
      endElement(frame)
      if characters.count > frame.textStart { characters.removeLast(characters.count - frame.textStart) }
    }
    bases.release(to: frames.last?.base ?? 0)
    if let parent = frames.last { setTextMode(parent) }
    return frame.element == .entry && finishedEntry != nil
  }

  @inline(__always)
  mutating func setTextMode(_ frame: Frame) {
    if frame.isMarkup {
      textMode = .escaped
    } else if frame.isCapturing {
      textMode = frame.kind == .xhtml ? .escaped : .raw
    } else {
      textMode = .ignore
    }
  }

  /// `xml:base` and `xml:lang` hold for an element and all that is in it.
  mutating func inherit(_ attributes: XMLAttributes, into frame: inout Frame) {
    for index in 0..<attributes.count {
      let attribute = attributes[index]
      guard let prefix = attribute.prefix, prefix[0] == 0x78, prefix[1] == 0x6D, prefix[2] == 0x6C,
        prefix[3] == 0
      else { continue }
      if attribute.isNamed("base") {
        frame.base = bases.push(attribute.text.trimmed)
      } else if attribute.isNamed("lang") {
        frame.language = language(attribute.text.trimmed)
      }
    }
  }

  private mutating func language(_ tag: String) -> Int {
    if let index = languages.firstIndex(of: tag) { return index }
    guard languages.count < 64 else { return 0 }
    languages.append(tag)
    return languages.count - 1
  }

  /// A title with a `</title>` missing ends where the next part of the entry begins.
  private mutating func endsUnclosedTitle(_ parent: Frame, _ known: ElementCache.Known) -> Bool {
    guard parent.element == .title, !parent.isMarkup, parent.kind != .xhtml, known.vocabulary == .core else {
      return false
    }
    switch known.element {
    case .link, .description, .published, .updated, .guid, .id, .entry, .summary, .content, .encoded,
      .channel:
      return true
    default: return false
    }
  }
}

extension FeedState {
  /// Opens an entry; one that is still open ends here (its end tag is missing).
  mutating func beginEntry(_ frame: inout Frame) {
    if entry.isOpen { finishEntry() }
    entry = EntryDraft()
    entry.isOpen = true
    entry.entry.line = lines.line
    let language = languages[frame.language]
    if !language.isEmpty { entry.entry.language = language }
    entryBytes = 0
    frame.context = .entry
  }

  /// Hands the entry on.
  mutating func finishEntry() {
    guard entry.isOpen else { return }
    entry.isOpen = false
    if entryCount >= limits.maxEntries { return fail(.entries, limits.maxEntries) }
    entryCount += 1
    feed.authors = feedDraft.authors(for: feed)
    finishedEntry = entry.finished()
  }

  /// What is known of the feed while it is being read.
  var feedSoFar: ParsedFeed {
    var feed = self.feed
    feedDraft.finish(&feed)
    return feed
  }

  /// Ends the document.
  mutating func finishDocument() {
    if failure == nil { finishEntry() }
    feedDraft.finish(&feed)
  }
}

/// An open element.
struct Frame {
  var element: Element
  var context: Context
  /// Where its text begins in `characters`.
  var textStart = 0
  /// Its place in the stack of bases.
  var base = 0
  /// Its place in the list of languages.
  var language = 0
  var isCapturing = false
  /// Whether it is markup inside a text.
  var isMarkup = false
  /// Whether its tags are left out of the text (the `div` of Atom's XHTML, `content` of an empty element).
  var isSilent = false
  /// Whether elements stood inside its text.
  var hasMarkup = false
  var kind = TextKind.unknown
  var isBase64 = false
  /// Where the name of a markup element is kept: its length, in bytes, at the end of `markupNames`.
  var nameLength = 0

  enum Context: UInt8 {
    case document, feed, entry, image, textInput, person, source, ignored, skipHours, skipDays
  }
}

/// What the type of a text construct says.
enum TextKind: UInt8 {
  case unknown, plain, html, xhtml
  /// Not for reading: an image in base64, say.
  case binary
}
