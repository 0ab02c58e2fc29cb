/// The name of an element as words that are compared at once.
///
/// Names of up to 32 bytes are equal where their keys are. Of a longer name the key holds both ends and a hash: a
/// document that is made for it can have two such names taken for one, and gains a tag closed by the other's.
struct NameKey: Equatable {
  private var a: UInt64 = 0
  private var b: UInt64 = 0
  private var c: UInt64 = 0
  private var d: UInt64 = 0
  /// Bytes of the name.
  private(set) var length = 0

  /// Names of up to so many bytes are held as they are.
  static let exactLength = 32

  /// The key of no name.
  init() {}

  /// The key of the name of `length` bytes at `start`, from where `readable` bytes may be read.
  ///
  /// A name of up to eight bytes is the first word alone; the words of a longer one overlap.
  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, length: Int, readable: Int) {
    self.length = length
    let bytes = UnsafeRawPointer(start)
    if length <= 8 {
      guard length > 0 else { return }
      if readable >= 8 {
        a = bytes.loadUnaligned(as: UInt64.self) & UInt64.max >> UInt64(64 - length * 8)
      } else {
        for index in (0..<length).reversed() { a = a << 8 | UInt64(start[index]) }
      }
      return
    }
    a = bytes.loadUnaligned(as: UInt64.self)
    b = bytes.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
    guard length > 16 else { return }
    d = bytes.loadUnaligned(fromByteOffset: length - 16, as: UInt64.self)
    c =
      length > Self.exactLength
      ? Self.hash(start, length) : bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
  }

  @inline(__always)
  static func == (left: NameKey, right: NameKey) -> Bool {
    left.a == right.a && left.length == right.length
      && (left.length <= 8 || (left.b ^ right.b) | (left.c ^ right.c) | (left.d ^ right.d) == 0)
  }

  /// Whether the names are the same but for the case of ASCII letters.
  func isEqualIgnoringCase(_ other: NameKey) -> Bool { lowercased == other.lowercased }

  private var lowercased: NameKey {
    var key = self
    key.a = a.asciiLower
    key.b = b.asciiLower
    // The hash does without case.
    if length <= Self.exactLength { key.c = c.asciiLower }
    key.d = d.asciiLower
    return key
  }

  /// FNV-1a of the name in ASCII lower case.
  private static func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<length { hash = (hash ^ UInt64(start[index].asciiLower)) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  /// Whether a colon may stand in the name; a short name without one is told here.
  @inline(__always)
  var mayHaveColon: Bool {
    let colons = a ^ 0x3A3A_3A3A_3A3A_3A3A
    return length > 8 || (colons &- 0x0101_0101_0101_0101) & ~colons & 0x8080_8080_8080_8080 != 0
  }

  /// The first eight bytes in ASCII lower case, the first in the lowest byte.
  var lowercasedStart: UInt64 { a.asciiLower }

  /// One of 128 places for a name in a namespace.
  @inline(__always)
  func slot(namespace: Int) -> Int {
    var sum = a &+ UInt64(truncatingIfNeeded: length &+ namespace &* 97)
    if length > 8 { sum = sum &+ b &* 3 &+ c &* 5 &+ d &* 7 }
    return Int(truncatingIfNeeded: (sum &* 0x9E37_79B9_7F4A_7C15) >> 57)
  }
}

extension UInt64 {
  /// Eight bytes with the ASCII letters among them in lower case.
  @inline(__always)
  var asciiLower: UInt64 {
    // The upper bit of a byte: not before A, not behind Z, ASCII.
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    let isUpper =
      (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & ~self & 0x8080_8080_8080_8080
    return self | isUpper >> 2
  }
}
