extension Sketch {
  /// The few values by which the sketch is found, ascending: a quarter of the lead, chosen by the hash alone so that an
  /// excerpt chooses as the article does, and the smallest of the body.
  var retrievalKeys: [UInt32] {
    let smallest = body.prefix(Self.bodyKeys)
    var keys: [UInt32] = []
    keys.reserveCapacity(lead.count / 2 + smallest.count)
    var next = smallest.startIndex
    for hash in lead where hash & 3 == 0 {
      while next < smallest.endIndex, smallest[next] < hash {
        keys.append(smallest[next])
        next += 1
      }
      if next < smallest.endIndex, smallest[next] == hash { next += 1 }
      keys.append(hash)
    }
    keys.append(contentsOf: smallest[next...])
    return keys
  }

  /// Hashes of the body among the retrieval keys.
  private static let bodyKeys = 12
}
