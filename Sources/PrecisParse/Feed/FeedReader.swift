import PrecisModel

/// Makes a feed of XML events, whichever format they are in.
///
/// Elements inside an entry describe the entry, elements outside describe the feed. What each element means is
/// decided in the files named after its vocabulary; this one keeps track of where we are, collects text, and
/// hands on entries as they close.
final class FeedReader: XMLHandler {
  /// Why the document is not read on.
  var failure: ParseError?
  let lines = LineCounter()
  let namespaces = NamespaceTable()
  private let onEntry: (ParsedEntry) -> Void
  var feed = ParsedFeed(format: .rss)
  var entry = EntryDraft()
  var feedDraft = FeedDraft()
  var isFeed = false
  /// The first element that was no part of a feed.
  var foreignRoot: String?
  let frames: FixedStack<Frame>
  /// The text of the elements that are open, one after the other; a frame knows where its own begins.
  let characters = ByteBuffer(capacity: 16_384)
  var textMode = Frame.TextMode.ignore
  var cache = ElementCache()
  var bases: BaseStack
  var languages: [String] = [""]
  /// The names of the markup elements that are open, one after the other.
  let markupNames = ByteBuffer(capacity: 256)
  /// `sy:updatePeriod` in seconds, and how often in it.
  var updatePeriod: Int?
  var updateFrequency = 1
  /// The person that is being described by child elements.
  var person = Article.Author()
  let limits: ParseLimits
  var warningLog: WarningLog
  private(set) var entryCount = 0
  var entryBytes = 0

  init(url: String?, limits: ParseLimits, onEntry: @escaping (ParsedEntry) -> Void) {
    self.limits = limits
    self.onEntry = onEntry
    bases = BaseStack(document: url)
    warningLog = WarningLog(limit: limits.maxWarnings)
    frames = FixedStack(capacity: limits.maxDepth + 1)
    // What stands around the document's root.
    open(Frame(element: .unknown, context: .document))
  }

  func warn(_ message: String) { warningLog.add(ParseWarning(line: lines.line, message: message)) }

  @inline(__always)
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    // White space between elements is most of it.
    if textMode != .ignore { collect(bytes) }
  }

  private func collect(_ bytes: UnsafeBufferPointer<UInt8>) {
    if textMode == .raw { characters.append(bytes) } else { appendEscaped(bytes) }
    entryBytes += bytes.count
    if characters.count > limits.maxTextBytes { fail(.textBytes, limits.maxTextBytes) }
    if entryBytes > limits.maxEntryBytes { fail(.entryBytes, limits.maxEntryBytes) }
  }

  var hasFailed: Bool { failure != nil }

  func fail(_ error: ParseError) { if failure == nil { failure = error } }

  func fail(_ limit: ParseError.Limit, _ value: Int) { fail(.limit(limit, value)) }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard failure == nil else { return }
    let known = cache.lookUp(name, namespaces)
    let parent = frames.top.pointee
    if parent.isMarkup || parent.element.holdsMarkup {
      if endsUnclosedTitle(parent, known) {
        end()
        return start(name, attributes)
      }
      return startMarkup(name, known, attributes, in: parent)
    }
    open(Frame(element: known.element, inside: parent, textStart: characters.count))
    // What an element says of itself is written where it lies on the stack.
    let frame = frames.top
    if attributes.count > 0 { inherit(attributes, into: &frame.pointee) }
    startElement(name, known, attributes, &frame.pointee)
    textMode = frame.pointee.textMode
  }

  func end() {
    guard failure == nil, frames.count > 1 else { return }
    let frame = frames.top.pointee
    frames.cut(to: frames.count - 1)
    if frame.isMarkup {
      endMarkup(frame)
    } else {
      endElement(frame)
      characters.cut(to: frame.textStart)
    }
    let parent = frames.top
    bases.release(to: parent.pointee.base)
    textMode = parent.pointee.textMode
  }

  /// Puts an element on the stack.
  @inline(__always)
  func open(_ frame: Frame) {
    let hasRoom = frames.append(frame)
    precondition(hasRoom, "the reader of the markup keeps to the limit")
  }

  /// `xml:base` and `xml:lang` hold for an element and all that is in it.
  func inherit(_ attributes: XMLAttributes, into frame: inout Frame) {
    for index in 0..<attributes.count {
      let attribute = attributes[index]
      guard attribute.isOfXML else { continue }
      if attribute.isNamed("base") {
        frame.base = bases.push(attribute.text.trimmed)
      } else if attribute.isNamed("lang") {
        frame.language = language(attribute.text.trimmed)
      }
    }
  }

  private func language(_ tag: String) -> Int {
    if let index = languages.firstIndex(of: tag) { return index }
    guard languages.count < 64 else { return 0 }
    languages.append(tag)
    return languages.count - 1
  }

  /// A title with a `</title>` missing ends where the next part of the entry begins.
  private func endsUnclosedTitle(_ parent: Frame, _ known: ElementCache.Known) -> Bool {
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

extension FeedReader {
  /// Opens an entry; one that is still open ends here (its end tag is missing).
  func beginEntry(_ frame: inout Frame) {
    if entry.isOpen { finishEntry() }
    entry.isOpen = true
    entry.entry.line = lines.line
    let language = languages[frame.language]
    if !language.isEmpty { entry.entry.language = language }
    entryBytes = 0
    frame.context = .entry
  }

  /// Hands the entry on.
  func finishEntry() {
    guard entry.isOpen else { return }
    entry.isOpen = false
    if entryCount >= limits.maxEntries { return fail(.entries, limits.maxEntries) }
    entryCount += 1
    if feedDraft.authorList.value != nil { feed.authors = feedDraft.authors(for: feed) }
    onEntry(entry.finish())
  }

  /// What is known of the feed while it is being read.
  var feedSoFar: ParsedFeed {
    var feed = self.feed
    feedDraft.finish(&feed)
    return feed
  }

  /// Ends the document.
  func finishDocument() {
    if failure == nil { finishEntry() }
    feedDraft.finish(&feed)
  }
}

/// An open element.
struct Frame {
  var element: Element
  var context: Context
  var isCapturing = false
  /// Whether it is markup inside a text.
  var isMarkup = false
  /// Whether its tags are left out of the text (the `div` of Atom's XHTML, `content` of an empty element).
  var isSilent = false
  /// Whether elements stood inside its text.
  var hasMarkup = false
  var kind = TextKind.unknown
  var isBase64 = false
  /// Where its text begins in `characters`.
  var textStart = 0
  /// Its place in the stack of bases.
  var base = 0
  /// Its place in the list of languages.
  var language = 0
  /// Where the name of a markup element is kept: its length, in bytes, at the end of `markupNames`.
  var nameLength = 0

  /// An element without anything around it.
  init(element: Element, context: Context) {
    self.element = element
    self.context = context
  }

  /// An element inside another, from which it inherits.
  init(element: Element, inside parent: Frame, textStart: Int) {
    self.init(element: element, context: parent.context)
    self.textStart = textStart
    base = parent.base
    language = parent.language
  }

  /// How characters in it are taken.
  var textMode: TextMode {
    if isMarkup { return .escaped }
    return isCapturing ? kind == .xhtml ? .escaped : .raw : .ignore
  }

  enum TextMode { case ignore, raw, escaped }

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
