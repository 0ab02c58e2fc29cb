/// Identity keys and small numbers: a dictionary for what is filled and emptied with every group.
///
/// The keys are mixed as ``KeyBuckets`` mixes them, not by Swift's keyed hash: they are parts of SHA-256, or were taken from one
/// group of articles, whose author gains nothing by collisions but slower commits of his own.
struct KeyTable {
  private var keys: [UInt64]
  /// The number and one; 0 where the slot is free.
  private var numbers: [UInt32]
  private var count = 0

  init() {
    keys = Array(repeating: 0, count: Self.leastSlots)
    numbers = Array(repeating: 0, count: Self.leastSlots)
  }

  private static let leastSlots = 1024
  /// A table that is larger is let go when it is emptied: most groups are small.
  private static let keptSlots = 16_384

  /// The number of a key.
  subscript(key: UInt64) -> Int? {
    get {
      let number = numbers[slot(of: key)]
      return number == 0 ? nil : Int(number) - 1
    }
    set {
      guard let newValue else { return }
      var slot = slot(of: key)
      if numbers[slot] == 0 {
        count += 1
        if count * 2 > numbers.count {
          grow()
          slot = self.slot(of: key)
        }
        keys[slot] = key
      }
      numbers[slot] = UInt32(newValue) + 1
    }
  }

  /// Forgets everything.
  mutating func removeAll() {
    guard count > 0 else { return }
    count = 0
    if numbers.count > Self.keptSlots {
      self = KeyTable()
    } else {
      numbers.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }
  }

  /// Where a key is, or would be.
  private func slot(of key: UInt64) -> Int {
    let mask = numbers.count - 1
    var slot = Int(truncatingIfNeeded: KeyBuckets.mixed(key)) & mask
    while numbers[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    numbers = Array(repeating: 0, count: oldKeys.count * 2)
    for slot in oldNumbers.indices where oldNumbers[slot] != 0 {
      let new = self.slot(of: oldKeys[slot])
      keys[new] = oldKeys[slot]
      numbers[new] = oldNumbers[slot]
    }
  }
}
