/// Names of hosts in the form that the DNS knows: lower-case, labels beyond ASCII in Punycode (RFC 3492).
enum DomainName {
  /// nil where the name is no UTF-8 or a label is too long.
  static func ascii(_ bytes: [UInt8]) -> String? {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes.map(ASCII.lower), as: UTF8.self) }
    guard let name = String(validating: bytes, as: UTF8.self) else { return nil }
    // Ideographic full stops separate labels, too (UTS 46).
    let separators: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    let folded = name.lowercased().unicodeScalars.filter { $0 != "\u{AD}" && $0 != "\u{200B}" }
    var labels: [String] = []
    for label in folded.split(omittingEmptySubsequences: false, whereSeparator: separators.contains) {
      guard label.contains(where: { $0.value >= 0x80 }) else {
        labels.append(String(String.UnicodeScalarView(label)))
        continue
      }
      guard label.count <= 63, let encoded = punycode(label.map(\.value)) else { return nil }
      labels.append("xn--" + encoded)
    }
    return labels.joined(separator: ".")
  }

  /// RFC 3492 section 6.3.
  private static func punycode(_ input: [UInt32]) -> String? {
    var out = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = out.count
    var handled = basic
    if basic > 0 { out.append(0x2D) }
    var (n, delta, bias): (UInt32, Int, Int) = (0x80, 0, 72)
    while handled < input.count {
      guard let next = input.filter({ $0 >= n }).min() else { return nil }
      delta += Int(next - n) * (handled + 1)
      n = next
      for scalar in input {
        if scalar < n { delta += 1 }
        guard scalar == n else { continue }
        var (q, k) = (delta, 36)
        while true {
          let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
          if q < t { break }
          out.append(digit(t + (q - t) % (36 - t)))
          q = (q - t) / (36 - t)
          k += 36
        }
        out.append(digit(q))
        bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 0x61 + value : 0x16 + value) }

  private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
