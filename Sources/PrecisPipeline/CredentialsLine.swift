import PrecisFetch

extension Credentials {
  /// Reads the one line of a credentials file: `Bearer TOKEN`, `Name: value`, or `user:password`; nil where it is none
  /// of these.
  init?(line: String) {
    guard !line.isEmpty, !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
    if line.hasPrefix("Bearer ") {
      self = .bearer(String(line.dropFirst("Bearer ".count)))
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = String(line[..<colon])
    let rest = line[line.index(after: colon)...]
    if rest.hasPrefix(" "), name.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || $0 == 0x2D }) {
      self = .header(name: name, value: String(rest.dropFirst()))
    } else {
      self = .basic(user: name, password: String(rest))
    }
  }
}
