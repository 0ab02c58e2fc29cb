import ArgumentParser
import PrecisControl
import PrecisDedup
import PrecisIdentity
import PrecisJSON
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisViews

/// `precis keep`
struct Keep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Mark an article as kept: no retention rule removes it.",
    discussion: "`precis list --kept` lists them.")

  @OptionGroup var options: GlobalOptions

  @Flag(help: "Take the mark away.")
  var undo = false

  @Argument(help: ArgumentHelp("The article by id, the beginning of one, or address.", valueName: "id"))
  var name: String

  func run() throws {
    let invocation = try Invocation(options)
    let article = try invocation.reading { try Show.find(name, in: $0) }
    guard let article else { throw Failure(noArticle: name) }
    if let daemon = invocation.daemon() {
      var body = JSONWriter(capacity: 64)
      body.beginObject()
      body.field("id", article.id.text)
      body.key("kept")
      body.bool(!undo)
      body.endObject()
      do {
        _ = try daemon.send(ControlRequest(method: "POST", path: "/v1/keep", body: body.bytes))
      } catch let error as ControlError {
        throw Failure(daemon: error)
      }
    } else {
      do {
        let writer = try StoreWriter(
          directory: invocation.store, options: StoreOptions(invocation.configuration))
        defer { writer.close() }
        _ = try writer.setKept(article.id, !undo)
        try writer.commit()
      } catch {
        throw Failure(storing: error, store: invocation.store)
      }
    }
    invocation.terminal.note("\(undo ? "no longer kept" : "kept"): \(TerminalText.clean(article.title))")
  }
}

/// `precis verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every line of the store against its checksum.",
    discussion: """
      Problems are told with file and line; the exit status is 65 where there are some. --repair moves damaged lines \
      to quarantine/ and makes derived files anew; no daemon may run meanwhile. What it does not mend, such as a file \
      that is not the store's, is told, and the exit status is 65 then, too.
      """)

  @OptionGroup var options: GlobalOptions

  @Flag(help: "Mend what can be mended.")
  var repair = false

  func run() throws {
    let invocation = try Invocation(options)
    let report: VerificationReport
    do {
      report = try StoreVerifier.verify(
        directory: invocation.store, repair: repair, options: StoreOptions(invocation.configuration))
    } catch {
      throw Failure(storing: error, store: invocation.store)
    }
    if invocation.isJSON {
      try invocation.terminal.out(json(report))
    } else {
      for problem in report.problems { Terminal.complain("\(invocation.store)/\(problem)") }
      for sentence in report.repairs { invocation.terminal.note(sentence) }
      invocation.terminal.note(
        "\(report.articles) articles in \(report.lines) lines, \(report.stateLines) lines of feed state: "
          + Self.verdict(report))
    }
    if !report.left.isEmpty { throw ExitCode(ExitStatus.data.rawValue) }
  }

  private static func verdict(_ report: VerificationReport) -> String {
    guard let first = report.left.first else { return report.isSound ? "all is well" : "all is well now" }
    return report.left.count.counted("problem")
      + (report.repairs.isEmpty ? "" : " left, the first at \(first.file)")
  }

  private func json(_ report: VerificationReport) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.field("articles", report.articles)
    json.field("lines", report.lines)
    json.field("state_lines", report.stateLines)
    write("problems", report.problems, to: &json)
    json.field("repairs", report.repairs)
    write("left", report.left, to: &json)
    json.endObject()
    json.newline()
    return json.bytes
  }

  private func write(_ name: String, _ problems: [VerificationReport.Problem], to json: inout JSONWriter) {
    json.key(name)
    json.beginArray()
    for problem in problems {
      json.beginObject()
      json.field("file", problem.file)
      json.field("line", problem.line)
      json.field("reason", problem.reason)
      json.endObject()
    }
    json.endArray()
  }
}

/// `precis import-store`
struct ImportStore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-store",
    abstract: "Take in the articles and subscriptions of another store, without doubles.",
    discussion: "No daemon may run on this store meanwhile.")

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The other store's directory.")
  var directory: String

  func run() throws {
    let invocation = try Invocation(options)
    do {
      let writer = try StoreWriter(
        directory: invocation.store, options: StoreOptions(invocation.configuration))
      defer { writer.close() }
      let report = try StoreImporter.merge(
        from: directory, into: writer,
        page: { $0.url.flatMap(IdentityKeys.addressKeys)?.page.map { ($0.key.rawKey, $0.id) } },
        isSame: { Sameness.holds(of: $0, and: $1, by: IdentityKey(rawKey: $2)) })
      if invocation.isJSON { return try invocation.terminal.out(json(report)) }
      invocation.terminal.note(
        "\(report.added) articles added, \(report.updated) updated, \(report.known) known; \(report.feeds) feeds added"
      )
    } catch let error as StoreError {
      throw Failure(storing: error, store: invocation.store)
    }
  }

  private func json(_ report: ImportReport) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.field("added", report.added)
    json.field("updated", report.updated)
    json.field("known", report.known)
    json.field("feeds", report.feeds)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
