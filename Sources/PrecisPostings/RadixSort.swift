/// Sorts numbers by parts of their digits, the lowest first: for many, several times faster than comparing them.
enum RadixSort {
  private static let digitBits: UInt64 = 11

  /// Sorts by the upper 32 bits; equal ones stay in their order.
  static func byHighHalf(_ numbers: inout [UInt64]) {
    var other = [UInt64](repeating: 0, count: numbers.count)
    for shift in [32, 32 + digitBits, 32 + 2 * digitBits] {
      pass(from: numbers, to: &other, shift: shift)
      swap(&numbers, &other)
    }
  }

  private static func pass(from source: [UInt64], to target: inout [UInt64], shift: UInt64) {
    let mask = (1 << digitBits) - 1
    var starts = [Int](repeating: 0, count: 1 << Int(digitBits))
    for number in source { starts[Int(truncatingIfNeeded: number >> shift) & mask] += 1 }
    var total = 0
    for digit in starts.indices {
      let count = starts[digit]
      starts[digit] = total
      total += count
    }
    for number in source {
      let digit = Int(truncatingIfNeeded: number >> shift) & mask
      target[starts[digit]] = number
      starts[digit] += 1
    }
  }
}
