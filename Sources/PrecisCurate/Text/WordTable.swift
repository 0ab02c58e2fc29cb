/// Words, each with a number, found by the hash that a ``Vocabulary`` keeps for its words: no string is hashed or
/// compared when a text is looked up, and a table takes 12 bytes a place.
///
/// Two words with one hash of 64 bits would be taken for one; no list of ours has such a pair.
struct WordTable: Sendable {
  private var hashes: [UInt64]
  private var values: [Int32]
  private var mask: Int
  /// How many words it holds.
  private(set) var count = 0

  init(capacity: Int = 8) {
    var places = 16
    while places < capacity * 2 { places *= 2 }
    hashes = [UInt64](repeating: 0, count: places)
    values = [Int32](repeating: -1, count: places)
    mask = places - 1
  }

  /// The number of a word by its hash; -1 where the table does not have it.
  @inline(__always)
  subscript(hash: UInt64) -> Int32 {
    var place = Int(truncatingIfNeeded: hash) & mask
    while hashes[place] != 0 {
      if hashes[place] == hash { return values[place] }
      place = (place + 1) & mask
    }
    return -1
  }

  /// Sets the number of a word.
  mutating func set(_ hash: UInt64, _ value: Int32) {
    if (count + 1) * 2 > hashes.count { grow() }
    var place = Int(truncatingIfNeeded: hash) & mask
    while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
    if hashes[place] == 0 { count += 1 }
    hashes[place] = hash
    values[place] = value
  }

  private mutating func grow() {
    var larger = WordTable(capacity: hashes.count)
    for (place, hash) in hashes.enumerated() where hash != 0 { larger.set(hash, values[place]) }
    self = larger
  }
}

/// A set of words in lower case.
struct WordSet: Sendable, ExpressibleByArrayLiteral {
  private var table: WordTable

  /// The words of a text parted by spaces and line breaks.
  init(_ text: String) {
    self.init(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }

  init(_ words: some Collection<String>) {
    table = WordTable(capacity: words.count)
    for word in words { table.set(Vocabulary.hash(word), 1) }
  }

  init(arrayLiteral elements: String...) { self.init(elements) }

  var isEmpty: Bool { table.count == 0 }

  @inline(__always)
  func contains(hash: UInt64) -> Bool { table[hash] >= 0 }

  func contains(_ word: String) -> Bool { contains(hash: Vocabulary.hash(word)) }

  /// For every word of a vocabulary whether it is in the set.
  func flags(_ vocabulary: Vocabulary) -> [Bool] { vocabulary.hashes.map { contains(hash: $0) } }
}
