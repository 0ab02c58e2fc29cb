/// The cases of an enumeration by the bytes of their names, of which thousands are read at a start.
struct CaseNames<Case: CaseIterable & RawRepresentable & Sendable>: Sendable where Case.RawValue == String {
  private let cases: [(name: [UInt8], value: Case)]

  init() { cases = Case.allCases.map { (Array($0.rawValue.utf8), $0) } }

  /// The case of this name; nil for a name that only another version knows.
  subscript(name: UnsafeBufferPointer<UInt8>) -> Case? {
    for index in cases.indices where cases[index].name.count == name.count {
      let isIt = cases[index].name.withUnsafeBufferPointer { known in
        for at in 0..<name.count where known[at] != name[at] { return false }
        return true
      }
      if isIt { return cases[index].value }
    }
    return nil
  }
}
