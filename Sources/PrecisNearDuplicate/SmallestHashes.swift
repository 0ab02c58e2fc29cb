/// The smallest of hashes that are spread evenly: laid down by their first bits they all but are in order.
enum SmallestHashes {
  /// About two hashes come into a bucket.
  private static let mostBits = 16
  /// Hashes of a bucket that are sorted one by one; more of them are no even spread.
  private static let bucketLimit = 48

  /// The smallest distinct hashes, at most `limit` of them, ascending.
  static func of(_ hashes: ArraySlice<UInt32>, limit: Int) -> [UInt32] {
    let limit = min(limit, hashes.count)
    return hashes.withUnsafeBufferPointer { hashes in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: hashes.count) { room in
        // Some hashes come twice.
        let count = layDown(hashes, fewest: min(limit + limit / 8 + 8, hashes.count), in: room)
        let laid = UnsafeMutableBufferPointer(rebasing: room[..<count])
        sortNearly(laid)
        let smallest = distinct(laid, limit: limit)
        // Repeated text has far fewer distinct runs than runs, and hashes that were made to be alike are not laid down.
        return smallest.count == limit || count == hashes.count
          ? smallest : distinct(hashes.sorted(), limit: limit)
      }
    }
  }

  /// Puts the smallest, at least so many, in the order of their first bits; gives their number, 0 where too many have the
  /// same.
  private static func layDown(
    _ hashes: UnsafeBufferPointer<UInt32>, fewest: Int, in out: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let bits = min(max(2, Int.bitWidth - 2 - hashes.count.leadingZeroBitCount), mostBits)
    let shift = UInt32(32 - bits)
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { starts in
      starts.update(repeating: 0)
      for hash in hashes { starts[Int(hash &>> shift)] &+= 1 }
      var total = 0
      var end = 0
      while end < starts.count, total < fewest {
        let count = Int(starts[end])
        guard count <= bucketLimit else { return 0 }
        starts[end] = Int32(truncatingIfNeeded: total)
        total += count
        end += 1
      }
      for hash in hashes {
        let bucket = Int(hash &>> shift)
        guard bucket < end else { continue }
        out[Int(starts[bucket])] = hash
        starts[bucket] &+= 1
      }
      return total
    }
  }

  private static func sortNearly(_ hashes: UnsafeMutableBufferPointer<UInt32>) {
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

  private static func distinct(_ sorted: some RandomAccessCollection<UInt32>, limit: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: limit) { out, count in
      for hash in sorted where count == 0 || out[count - 1] != hash {
        guard count < limit else { break }
        out[count] = hash
        count += 1
      }
    }
  }
}
