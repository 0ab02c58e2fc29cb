import Glibc
import PrecisConfig
import Testing

/// The files that the table of keys generates; `PRECIS_UPDATE_FILES=1 swift test --filter CommittedFiles` writes them.
@Suite struct CommittedFilesTests {
  private static let root = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  @Test("config/precis.toml is what the table of keys gives")
  func sample() throws {
    let path = Self.root + "/config/precis.toml"
    if isUpdating { try write(Configuration.sampleFile, to: path) }
    #expect(try contents(of: path) == Configuration.sampleFile)
  }

  @Test(
    "the manual page and the schema are what the table of keys gives",
    arguments: [
      ("/docs/man/precis.toml.5", Configuration.manualPage),
      ("/docs/schema/configuration.schema.json", Configuration.schema),
    ])
  func generated(path: String, text: String) throws {
    if isUpdating { try write(text, to: Self.root + path) }
    #expect(try contents(of: Self.root + path) == text)
  }

  @Test("the tables of docs/configuration.md are what the table of keys gives")
  func reference() throws {
    let path = Self.root + "/docs/configuration.md"
    let begin = "<!-- keys: generated -->\n\n"
    let end = "\n<!-- end of keys -->"
    let page = try contents(of: path)
    let head = try #require(page.components(splitBy: begin))
    let tail = try #require(head.after.components(splitBy: end))
    if isUpdating {
      try write(head.before + begin + Configuration.referenceTables + end + tail.after, to: path)
    } else {
      #expect(tail.before == Configuration.referenceTables)
    }
  }

  @Test("the sample is a valid configuration that changes nothing, also with every key uncommented")
  func sampleIsValid() throws {
    #expect(try Configuration.parse(text: Configuration.sampleFile) == .standard)
    let uncommented = Configuration.sampleFile.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix("# ") && ($0.contains(" = ") || $0.hasPrefix("# [[")) ? $0.dropFirst(2) : $0
    }.joined(separator: "\n")
    let configuration = try Configuration.parse(text: uncommented)
    #expect(configuration.feeds.count == 1)
    #expect(configuration.schedule == Configuration.standard.schedule)
    #expect(configuration.store.retentionAge == .seconds(730 * 86_400))
  }

  @Test("the demo configuration is valid and keeps to loopback")
  func demo() throws {
    let path = Self.root + "/config/demo/precis.toml"
    let configuration = try Configuration.load(path: path, environment: [:])
    #expect(configuration.network.allowAddresses == ["127.0.0.0/8"])
  }

  @Test("every key has a doc, and those without a built-in value an example")
  func described() {
    for key in Configuration.keys {
      #expect(key.doc.hasSuffix("."), "\(key.key)")
      #expect(key.defaultText != nil || key.example != nil, "\(key.key)")
    }
    #expect(Set(Configuration.keys.map(\.key)).count == Configuration.keys.count)
  }

  private var isUpdating: Bool { getenv("PRECIS_UPDATE_FILES") != nil }
}

private struct FileProblem: Error { var path: String }

private func contents(of path: String) throws -> String {
  guard let file = fopen(path, "r") else { throw FileProblem(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

private func write(_ text: String, to path: String) throws {
  guard let file = fopen(path, "w") else { throw FileProblem(path: path) }
  fputs(text, file)
  fclose(file)
}

extension String {
  fileprivate func components(splitBy mark: String) -> (before: String, after: String)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(mark) {
        return (String(self[..<start]), String(self[index(start, offsetBy: mark.count)...]))
      }
      start = index(after: start)
    }
    return nil
  }
}
