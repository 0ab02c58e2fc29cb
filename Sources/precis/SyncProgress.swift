import PrecisPipeline
import PrecisViews
import Synchronization

/// Shows a sync while it runs: a bar on a terminal, plain lines otherwise, JSON events for programs.
final class SyncProgress: Sendable {
  private struct State {
    var total = 0
    var done = 0
    var new = 0
    var failed = 0
    var pages = 0
    var shown = -1
  }

  private let terminal: Terminal
  private let isJSON: Bool
  private let isVerbose: Bool
  private let state = Mutex(State())

  init(terminal: Terminal, isJSON: Bool, isVerbose: Bool) {
    self.terminal = terminal
    self.isJSON = isJSON
    self.isVerbose = isVerbose
  }

  /// Shows an event.
  func show(_ event: SyncEvent) throws {
    if isJSON { return try terminal.out(event.json + [0x0A]) }
    switch event {
    case .started(let feeds): state.withLock { $0.total = feeds }
    case .feed(let report): try show(report)
    case .page(let report): show(report)
    case .finished(let summary):
      clearBar()
      guard !terminal.isQuiet else { return }
      try terminal.out(Self.sentence(summary) + "\n")
    }
  }

  private func show(_ report: FeedReport) throws {
    clearBar()
    switch report.outcome {
    case .failed:
      Terminal.complain(
        "precis: \(TerminalText.clean(report.url)): \(TerminalText.clean(report.error ?? "failed"))")
    case .deferred:
      terminal.note(
        "precis: \(TerminalText.clean(report.url)): \(TerminalText.clean(report.error ?? "put off"))")
    case .changed:
      if !terminal.isQuiet {
        try terminal.out("\(TerminalText.clean(report.title)): \(Self.counts(report))\n")
      }
    case .unchanged:
      if isVerbose { try terminal.out("\(TerminalText.clean(report.title)): unchanged\n") }
    }
    for warning in report.warnings.prefix(isVerbose ? 20 : 0) {
      terminal.note("precis: warning: \(TerminalText.clean(report.url)): \(TerminalText.clean(warning))")
    }
    let (new, failed) = (report.new, report.outcome == .failed ? 1 : 0)
    drawBar { state in
      state.done += 1
      state.new += new
      state.failed += failed
    }
  }

  private func show(_ page: PageReport) {
    clearBar()
    if isVerbose, let error = page.error {
      terminal.note("precis: warning: \(TerminalText.clean(page.url)): \(TerminalText.clean(error))")
    }
    drawBar { $0.pages += 1 }
  }

  private func drawBar(after change: (inout State) -> Void) {
    let line: String? = state.withLock { state in
      change(&state)
      guard terminal.isInteractive, !terminal.isQuiet, state.total > 0 else { return nil }
      let width = 30
      let filled = width * state.done / state.total
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      let failed = state.failed > 0 ? ", \(state.failed) failed" : ""
      let pages = state.pages > 0 ? ", \(state.pages.counted("page"))" : ""
      return "\r\(bar) \(state.done)/\(state.total) feeds, \(state.new) new\(failed)\(pages)"
    }
    if let line { draw(line) }
  }

  private func clearBar() {
    guard terminal.isInteractive, !terminal.isQuiet else { return }
    draw("\r\u{1B}[K")
  }

  private func draw(_ text: String) {
    // ignored: a bar that cannot be drawn is no error.
    try? Array(text.utf8).withUnsafeBufferPointer { try Terminal.write($0, to: 2) }
  }

  private static func counts(_ report: FeedReport) -> String {
    var parts: [String] = []
    if report.new > 0 { parts.append("\(report.new) new") }
    if report.revised > 0 { parts.append("\(report.revised) changed") }
    if report.seenElsewhere > 0 { parts.append("\(report.seenElsewhere) seen elsewhere") }
    return parts.joined(separator: ", ")
  }

  private static func sentence(_ summary: SyncSummary) -> String {
    guard summary.feeds > 0 else { return "no feeds yet; `precis add URL` subscribes to one" }
    var text = "\(summary.feeds.counted("feed")): \(summary.changed) changed, \(summary.unchanged) unchanged"
    if summary.failed > 0 { text += ", \(summary.failed) failed" }
    if summary.deferred > 0 { text += ", \(summary.deferred) put off" }
    text += "; \(summary.new.counted("new article"))"
    if summary.revised > 0 { text += ", \(summary.revised) changed" }
    if summary.seenElsewhere > 0 { text += ", \(summary.seenElsewhere) seen elsewhere" }
    if summary.pagesLeft > 0 { text += ", \(summary.pagesLeft.counted("page")) left to read" }
    return text + " in \(summary.milliseconds / 1000).\(summary.milliseconds % 1000 / 100) s"
  }

  /// How the command ends; nil: well.
  func status(of summary: SyncSummary) -> ExitStatus? {
    guard summary.failed > 0 else { return nil }
    return summary.changed + summary.unchanged + summary.deferred == 0 ? .tryAgain : .someFailed
  }
}
