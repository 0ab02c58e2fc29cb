import Glibc
import PrecisModel
import PrecisPostings
import PrecisTestSupport
import Testing

@Suite("The posting index")
struct PostingIndexTests {
  private func key(_ at: Int) -> ArticleID { ArticleID(identity: "p\(at)") }

  private func insert(_ numbers: some Sequence<Int>, into index: PostingIndex, record: UInt8 = 0) {
    for at in numbers {
      index.insert(key(at), record: [record, UInt8(at & 255)], keys: [UInt32(at), UInt32(at % 7) << 28])
    }
  }

  private func found(_ hash: Int, in index: PostingIndex) -> [ArticleID] {
    var keys: [ArticleID] = []
    index.forEachPlace(of: UInt32(hash)) { place in
      let key = index.key(at: place)
      if index.place(of: key) == place { keys.append(key) }
      return true
    }
    return keys
  }

  private func record(_ at: Int, in index: PostingIndex) -> [UInt8]? {
    index.place(of: key(at)).map { index.withRecord(at: $0) { Array($0) } }
  }

  @Test("articles are found by their keys, in memory and over files, through merges")
  func finding() throws {
    let directory = try TemporaryDirectory()
    let indexes = [PostingIndex(), PostingIndex(startingAt: directory.file("p"))]
    for index in indexes {
      insert(0..<9000, into: index)
      #expect(index.count == 9000)
      for at in stride(from: 1, to: 9000, by: 613) {
        #expect(found(at, in: index) == [key(at)])
        #expect(record(at, in: index) == [0, UInt8(at & 255)])
      }
      #expect(index.frequency(of: 1 << 28) == 9000 / 7 + 1)
      #expect(!index.contains(key(9001)))
      #expect(found(9001, in: index).isEmpty)
    }
  }

  @Test("several keys are looked up together as one by one, crowded ones too")
  func manyKeys() throws {
    let directory = try TemporaryDirectory()
    let index = PostingIndex(startingAt: directory.file("p"))
    // All below a thousandth of the numbers that a key can be: as keys are that were chosen for being small.
    for at in 0..<20_000 { index.insert(key(at), record: [], keys: [UInt32(at) * 200, UInt32(at % 5)]) }
    let keys: [UInt32] = [200, 201, 3, 4_000_000, 3_999_800, 7]
    var found = [[ArticleID]](repeating: [], count: keys.count)
    index.forEachPlace(ofAny: keys) { at, place in
      found[at].append(index.key(at: place))
      return found[at].count < 10
    }
    for (at, key) in keys.enumerated() {
      #expect(found[at].prefix(10).count == min(10, index.frequency(of: key)))
    }
    #expect(found[0] == [key(1)])
    #expect(found[1].isEmpty)
    #expect(found[4] == [key(19_999)])
  }

  @Test("questions while articles come find what looking each key up finds, across merges and a start")
  func questionsMeanwhile() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("p")
    func keys(_ at: Int) -> [UInt32] { [UInt32(truncatingIfNeeded: at / 2), 1 << 30 | UInt32(at % 1000), 7] }
    func check(_ index: PostingIndex, upTo count: Int) {
      for asked in [0, count / 3, count - 1, count, 2 * count] {
        var found = [Int](repeating: 0, count: 3)
        var places: Set<PostingIndex.Place> = []
        index.forEachPlace(ofAny: keys(asked)) { key, place in
          found[key] += 1
          if key == 0 { places.insert(place) }
          return true
        }
        #expect(found == keys(asked).map { index.frequency(of: $0) })
        var alone: Set<PostingIndex.Place> = []
        index.forEachPlace(of: keys(asked)[0]) {
          alone.insert($0)
          return true
        }
        #expect(places == alone)
      }
    }
    var index = PostingIndex(startingAt: path)
    for at in 0..<36_000 {
      index.insert(key(at), record: [], keys: keys(at))
      if at % 1999 == 1998 { check(index, upTo: at + 1) }
    }
    try index.persist(covered: 1)
    index = try PostingIndex(directory: path, access: .writing)
    for at in 36_000..<40_000 { index.insert(key(at), record: [], keys: keys(at)) }
    check(index, upTo: 40_000)
  }

  @Test("what was persisted is there after opening again, and nothing else is left in the directory")
  func persistence() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("p")
    let index = PostingIndex(startingAt: path)
    for round in 0..<30 {
      insert((round * 300)..<((round + 1) * 300), into: index)
      try index.persist(covered: Int64(round + 1))
    }
    let again = try PostingIndex(directory: path, access: .writing)
    #expect(again.covered == 30)
    #expect(again.count == 9000)
    #expect(found(4321, in: again) == [key(4321)])
    let segments = try names(in: path).filter { $0.hasSuffix(".seg") }
    #expect(segments.count < 12, "merged as they came: \(segments)")
    #expect(try names(in: path).count == segments.count + 1)
  }

  @Test("a crash leaves the last persisted state, and its left-overs are removed")
  func crash() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("p")
    do {
      let index = PostingIndex(startingAt: path)
      insert(0..<1500, into: index)
      try index.persist(covered: 5)
      // Full tails are written, but no list names them: the process ends here.
      insert(1500..<6000, into: index)
    }
    let before = try names(in: path).count
    let again = try PostingIndex(directory: path, access: .writing)
    #expect(again.covered == 5)
    #expect(again.count == 1500)
    #expect(!again.contains(key(1600)))
    #expect(try names(in: path).count < before)
    insert(1500..<6000, into: again)
    #expect(found(1600, in: again) == [key(1600)])
  }

  @Test("the newest record of an article counts, and merging drops the old ones and what is not kept")
  func replacing() throws {
    let directory = try TemporaryDirectory()
    let index = PostingIndex(startingAt: directory.file("p"))
    insert(0..<1500, into: index)
    try index.persist(covered: 1)
    insert(0..<10, into: index, record: 9)
    #expect(record(3, in: index) == [9, 3])
    #expect(found(3, in: index) == [key(3)])
    let gone = key(700)
    index.isKept = { $0 != gone }
    for round in 0..<8 {
      insert((2000 + round * 1100)..<(2000 + (round + 1) * 1100), into: index)
      try index.persist(covered: Int64(round + 2))
    }
    #expect(index.count == 1500 - 1 + 8 * 1100)
    #expect(record(3, in: index) == [9, 3])
    #expect(found(3, in: index) == [key(3)])
    #expect(!index.contains(gone))
  }

  @Test("a reader sees one persisted state while the writer goes on")
  func readers() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("p")
    let writer = PostingIndex(startingAt: path)
    insert(0..<100, into: writer)
    try writer.persist(covered: 1)
    let reader = try PostingIndex(directory: path, access: .reading)
    for round in 1..<40 {
      insert((round * 100)..<((round + 1) * 100), into: writer)
      try writer.persist(covered: Int64(round + 1))
    }
    #expect(reader.count == 100)
    #expect(found(42, in: reader) == [key(42)])
    #expect(try PostingIndex(directory: path, access: .reading).count == 4000)
  }

  @Test("a damaged, cut or missing file is told, and never answered from", arguments: ["list", "seg"])
  func damage(_ kind: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("p")
    let index = PostingIndex(startingAt: path)
    insert(0..<50, into: index)
    try index.persist(covered: 7)
    let name = try #require(try names(in: path).first { $0.hasSuffix(kind) })
    let whole = try #require(directory.read("p/\(name)"))
    var flipped = whole
    flipped[whole.count / 2] ^= 0x40
    for damaged in [[], Array(whole.dropLast(3)), flipped] {
      try replace("\(path)/\(name)", damaged)
      #expect(throws: PostingFileError.self) { try PostingIndex(directory: path, access: .writing) }
    }
    unlink("\(path)/\(name)")
    #expect(throws: PostingFileError.self) { try PostingIndex(directory: path, access: .writing) }
  }

  @Test("where nothing can be written, the index goes on in memory and says so")
  func unwritable() throws {
    let directory = try TemporaryDirectory()
    // A file stands where the directory should be.
    _ = try directory.write("", to: "p")
    let index = PostingIndex(startingAt: directory.file("p"))
    insert(0..<3000, into: index)
    #expect(found(5, in: index) == [key(5)])
    #expect(throws: PostingFileError.self) { try index.persist(covered: 1) }
    #expect(found(5, in: index) == [key(5)])
    #expect(index.covered == 0)
  }

  private func replace(_ path: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  private func names(in path: String) throws -> [String] {
    let folder = try #require(opendir(path))
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
