/// The smallest of hashes that are spread evenly: laid down by their first bits they all but are in order.
enum SmallestHashes {
  private static let mostBits = 8
  /// Hashes with the same first bits that are sorted one by one; more of them are no even spread.
  private static let bucketLimit = 48
  /// Of more hashes than so many times the wanted, most are not looked at twice.
  private static let excess = 3

  /// The smallest distinct hashes, at most `limit` of them, ascending.
  static func of(_ hashes: ArraySlice<UInt32>, limit: Int) -> [UInt32] {
    if hashes.count / excess > limit {
      let bound = UInt32(UInt64(UInt32.max) * UInt64(limit * 2) / UInt64(hashes.count))
      let few = of(hashes.filter { $0 <= bound }[...], limit: limit)
      // Repeated text has fewer distinct runs than runs.
      if few.count == limit { return few }
    }
    return hashes.withUnsafeBufferPointer { hashes in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: hashes.count) { laid in
        guard layDown(hashes, in: laid) else {
          return distinct(hashes.sorted(), limit: limit)
        }
        for at in 1..<max(laid.count, 1) {
          let hash = laid[at]
          var hole = at
          while hole > 0, laid[hole - 1] > hash {
            laid[hole] = laid[hole - 1]
            hole -= 1
          }
          laid[hole] = hash
        }
        return distinct(laid, limit: limit)
      }
    }
  }

  /// Puts them in the order of their first bits; false where too many have the same.
  private static func layDown(
    _ hashes: UnsafeBufferPointer<UInt32>, in out: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    // Hashes below a bound have their first bits in common.
    let bits = min(max(2, Int.bitWidth - 2 - hashes.count.leadingZeroBitCount), mostBits)
    let shift = UInt32(max(0, 32 - bits - (hashes.max() ?? 0).leadingZeroBitCount))
    let buckets = 1 << bits
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: buckets) { starts in
      starts.update(repeating: 0)
      for hash in hashes { starts[Int(hash &>> shift)] += 1 }
      var total: Int32 = 0
      for bucket in 0..<buckets {
        let count = starts[bucket]
        guard count <= bucketLimit else { return false }
        starts[bucket] = total
        total += count
      }
      for hash in hashes {
        let bucket = Int(hash &>> shift)
        out[Int(starts[bucket])] = hash
        starts[bucket] += 1
      }
      return true
    }
  }

  private static func distinct(_ sorted: some RandomAccessCollection<UInt32>, limit: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: min(limit, sorted.count)) { out, count in
      for hash in sorted where count == 0 || out[count - 1] != hash {
        guard count < limit else { break }
        out[count] = hash
        count += 1
      }
    }
  }
}
