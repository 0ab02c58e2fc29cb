/// What a scalar is to a tokeniser.
enum ScalarClass {
  case space
  case letter
  case digit
  /// Han and kana, written without spaces between words.
  case ideograph
  case other
}

/// Scalars as the curator sees them: by fixed ranges, so that every machine sees the same.
enum Scalars {
  /// The scalar at an index of UTF-8 bytes and how many bytes it takes; a damaged byte counts as itself.
  @inline(__always)
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let left = bytes.count - index
    if first >= 0xC2, first < 0xE0, left > 1 {
      return (UInt32(first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
    }
    if first >= 0xE0, first < 0xF0, left > 2 {
      let high = UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      return (high | UInt32(bytes[index + 2] & 0x3F), 3)
    }
    if first >= 0xF0, first < 0xF5, left > 3 {
      let high = UInt32(first & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
      return (high | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F), 4)
    }
    return (0xFFFD, 1)
  }

  /// The class of a scalar.
  @inline(__always)
  static func classify(_ value: UInt32) -> ScalarClass {
    if value < 0x80 {
      switch value {
      case 0x61...0x7A, 0x41...0x5A: return .letter
      case 0x30...0x39: return .digit
      case 0x20, 0x09...0x0D: return .space
      default: return .other
      }
    }
    return classifyWide(value)
  }

  private static func classifyWide(_ value: UInt32) -> ScalarClass {
    switch value {
    case 0xA0, 0x85, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .space
    case 0xD7, 0xF7, 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965, 0x1361...0x1368, 0x30FB:
      return .other
    case 0xAA, 0xB5, 0xBA, 0xC0...0x2AF, 0x300...0x1FFF, 0x2C60...0x2DFF, 0xA640...0xABFF, 0xFB00...0xFDFF,
      0xFE70...0xFEFC:
      return value >= 0x660 && value <= 0x669 ? .digit : .letter
    case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFF66...0xFF9F, 0x20000...0x3FFFF:
      return .ideograph
    case 0x1100...0x11FF, 0xAC00...0xD7AF: return .letter
    case 0xFF10...0xFF19: return .digit
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: return .letter
    default: return .other
    }
  }

  /// The lower-case form of a scalar: Latin, Greek, Cyrillic and Armenian; others stay as they are.
  @inline(__always)
  static func lower(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return value >= 0x41 && value <= 0x5A ? value + 32 : value }
    return lowerWide(value)
  }

  private static func lowerWide(_ value: UInt32) -> UInt32 {
    switch value {
    case 0xC0...0xD6, 0xD8...0xDE: return value + 32
    case 0x100...0x12F, 0x132...0x137, 0x14A...0x177, 0x1DE...0x1EF, 0x1F8...0x21F, 0x222...0x233,
      0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F, 0x1E00...0x1E95, 0x1EA0...0x1EFF:
      return value | 1
    case 0x139...0x148, 0x179...0x17E: return value & 1 == 1 ? value + 1 : value
    case 0x130: return 0x69
    case 0x178: return 0xFF
    case 0x386: return 0x3AC
    case 0x388...0x38A: return value + 37
    case 0x38C: return 0x3CC
    case 0x38E, 0x38F: return value + 63
    case 0x391...0x3A1, 0x3A3...0x3AB: return value + 32
    case 0x3C2: return 0x3C3
    case 0x400...0x40F: return value + 80
    case 0x410...0x42F: return value + 32
    case 0x531...0x556: return value + 48
    case 0xFF21...0xFF3A: return value + 32
    default: return value
    }
  }

  /// Whether a scalar is a capital letter.
  @inline(__always)
  static func isUpper(_ value: UInt32) -> Bool {
    if value < 0x80 { return value >= 0x41 && value <= 0x5A }
    return lowerWide(value) != value && value != 0x3C2
  }

  /// Appends the UTF-8 form of a scalar.
  @inline(__always)
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    if value < 0x80 {
      bytes.append(UInt8(value))
    } else if value < 0x800 {
      bytes.append(UInt8(0xC0 | value >> 6))
      bytes.append(UInt8(0x80 | value & 0x3F))
    } else if value < 0x10000 {
      bytes.append(UInt8(0xE0 | value >> 12))
      bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | value & 0x3F))
    } else {
      bytes.append(UInt8(0xF0 | value >> 18 & 0x07))
      bytes.append(UInt8(0x80 | value >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | value & 0x3F))
    }
  }
}
