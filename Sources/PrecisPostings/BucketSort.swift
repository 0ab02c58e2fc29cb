/// Sorts numbers whose first bits are spread evenly: laid down by these they all but are in order.
enum BucketSort {
  /// Numbers of a bucket that are sorted one by one; more of them are no even spread.
  private static let bucketLimit = 32

  /// The numbers in ascending order.
  static func sorted(_ numbers: [UInt64]) -> [UInt64] {
    let bits = min(max(1, Int.bitWidth - 1 - numbers.count.leadingZeroBitCount), 16)
    let shift = UInt64(64 - bits)
    return [UInt64](unsafeUninitializedCapacity: numbers.count) { out, count in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { ends in
        ends.initialize(repeating: 0)
        for number in numbers { ends[Int(truncatingIfNeeded: number &>> shift)] &+= 1 }
        var total: Int32 = 0
        for bucket in ends.indices {
          let size = ends[bucket]
          ends[bucket] = total
          total &+= size
        }
        for number in numbers {
          let bucket = Int(truncatingIfNeeded: number &>> shift)
          out[Int(ends[bucket])] = number
          ends[bucket] &+= 1
        }
        var start = 0
        for end in ends {
          sort(UnsafeMutableBufferPointer(rebasing: out[start..<Int(end)]))
          start = Int(end)
        }
      }
      count = numbers.count
    }
  }

  @inline(__always)
  private static func sort(_ bucket: UnsafeMutableBufferPointer<UInt64>) {
    guard bucket.count > 1 else { return }
    guard bucket.count <= bucketLimit else {
      var bucket = bucket
      return bucket.sort()
    }
    for at in 1..<bucket.count {
      let number = bucket[at]
      var hole = at
      while hole > 0, bucket[hole - 1] > number {
        bucket[hole] = bucket[hole - 1]
        hole -= 1
      }
      bucket[hole] = number
    }
  }
}
