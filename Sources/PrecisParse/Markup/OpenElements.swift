/// The names of the elements that are open, outermost first.
struct OpenElements {
  private let names: FixedStack<NameKey>

  init(capacity: Int) { names = FixedStack(capacity: capacity) }

  var count: Int { names.count }

  /// The name of the innermost.
  var last: NameKey? {
    @inline(__always) get { names.last }
  }

  /// Opens an element; false: there is no more room.
  @inline(__always)
  func push(_ name: NameKey) -> Bool { names.append(name) }

  @inline(__always)
  func pop() { names.cut(to: count - 1) }

  /// How far from the innermost an element of this name is, ASCII case aside; nil: not open.
  func depth(of name: NameKey) -> Int? {
    (0..<count).first { names[count - 1 - $0].isEqualIgnoringCase(name) }
  }
}

extension UInt8 {
  /// The lower-case form of an ASCII letter; any other byte as it is.
  @inline(__always)
  var asciiLower: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
  /// Space, TAB, LF, CR.
  @inline(__always)
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
}
