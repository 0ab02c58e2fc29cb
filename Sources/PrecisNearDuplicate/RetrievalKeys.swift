extension Sketch {
  /// The few values by which the sketch is found: a quarter of the lead, chosen by the hash alone so that an excerpt
  /// chooses as the article does, and the smallest of the body.
  var retrievalKeys: [UInt32] {
    var keys = lead.filter { $0 & 3 == 0 }
    keys.append(contentsOf: body.prefix(12))
    keys.sort()
    var last: UInt32?
    keys.removeAll { key in
      defer { last = key }
      return key == last
    }
    return keys
  }
}
