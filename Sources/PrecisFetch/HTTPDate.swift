import PrecisModel

/// Reads the dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`, and its two obsolete forms.
///
/// Source: RFC 9110 section 5.6.7.
enum HTTPDate {
  /// The moment; nil where it cannot be read.
  static func read(_ text: some Sequence<UInt8>) -> Timestamp? {
    var numbers: [Int] = []
    var month: Int?
    var yearHasTwoDigits = false
    var word: [UInt8] = []
    for byte in Array(text) + [0x20] {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: word.append(byte | 0x20)
      default:
        defer { word.removeAll(keepingCapacity: true) }
        guard let first = word.first else { continue }
        if 0x30...0x39 ~= first {
          guard word.count <= 4, word.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
          numbers.append(word.reduce(0) { $0 * 10 + Int($1 - 0x30) })
          yearHasTwoDigits = yearHasTwoDigits || (numbers.count == 2 && word.count == 2)
        } else if month == nil, let found = months.firstIndex(of: Array(word.prefix(3))) {
          month = found + 1
        }
      }
    }
    guard let month, numbers.count == 5 else { return nil }
    // asctime puts the year last: day, hour, minute, second, year.
    let isAsctime = numbers[4] >= 1000
    var year = isAsctime ? numbers[4] : numbers[1]
    let time = isAsctime ? numbers[1...3] : numbers[2...4]
    if !isAsctime, yearHasTwoDigits { year += year < 70 ? 2000 : 1900 }
    let parts = Array(time)
    return Timestamp(
      year: year, month: month, day: numbers[0], hour: parts[0], minute: parts[1], second: parts[2])
  }

  private static let months: [[UInt8]] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map { Array($0.utf8) }
}
