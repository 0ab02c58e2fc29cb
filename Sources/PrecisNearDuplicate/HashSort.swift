/// Sorts hashes, which are spread evenly: by their first eight bits they all but are in order.
enum HashSort {
  /// More than this, or hashes that are not spread evenly, are left to the library.
  private static let limit = 2048
  /// Hashes with the same first bits that are sorted one by one.
  private static let bucketLimit = 64
  private static let buckets = 256

  static func ascending(_ hashes: inout [UInt32]) {
    guard hashes.count <= limit, spread(&hashes) else { return hashes.sort() }
    hashes.withUnsafeMutableBufferPointer { hashes in
      for at in hashes.indices.dropFirst() {
        let hash = hashes[at]
        var hole = at
        while hole > 0, hashes[hole - 1] > hash {
          hashes[hole] = hashes[hole - 1]
          hole -= 1
        }
        hashes[hole] = hash
      }
    }
  }

  /// Puts them in the order of their first bits; false where too many have the same.
  private static func spread(_ hashes: inout [UInt32]) -> Bool {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: buckets) { starts in
      starts.update(repeating: 0)
      for hash in hashes { starts[Int(hash >> 24)] += 1 }
      var total: Int32 = 0
      for bucket in 0..<buckets {
        let count = starts[bucket]
        guard count <= bucketLimit else { return false }
        starts[bucket] = total
        total += count
      }
      let source = hashes
      hashes.withUnsafeMutableBufferPointer { out in
        for hash in source {
          out[Int(starts[Int(hash >> 24)])] = hash
          starts[Int(hash >> 24)] += 1
        }
      }
      return true
    }
  }
}
