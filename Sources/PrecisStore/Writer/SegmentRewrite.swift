/// Writes a segment anew without some of its lines, and puts the new file in the old one's place.
///
/// The lines that stay keep their bytes, their sequence numbers and their order. A reader that has the old file open
/// goes on reading it.
struct SegmentRewrite {
  let files: StoreDirectory
  let folder: String

  /// Writes the lines of `sources` that `keeps` accepts to the temporary file of segment `number`; gives what it
  /// holds. With `salvages`, whole lines that lie inside a damaged one are kept, too.
  func write(
    _ number: Int, from sources: [Manifest.Segment], salvages: Bool = false,
    keeps: (_ source: Int, _ offset: Int, _ line: UnsafeRawBufferPointer) -> Bool
  ) throws(StoreError) -> Manifest.Segment {
    var result = Manifest.Segment(number: number)
    let target = try files.open(temporary(number), .replace)
    var buffer: [UInt8] = []
    var written = 0
    for source in sources {
      let file = try files.open(name(source.number), .read)
      var scanner = LineScanner(file, from: 0, to: source.bytes)
      while true {
        let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
          guard keeps(source.number, offset, line) else {
            guard salvages, StoreLine.fault(line) != nil else { return }
            for range in Self.wholeLines(in: line) { result.add(line.part(range), to: &buffer) }
            return
          }
          result.add(line, to: &buffer)
        }
        if buffer.count >= 1 << 20 || (step == nil && !buffer.isEmpty) {
          try target.write(buffer, at: written)
          written += buffer.count
          buffer.removeAll(keepingCapacity: true)
        }
        if step == nil { break }
      }
    }
    try target.synchronise()
    return result
  }

  /// Whole lines inside a damaged one: where a line feed was hit, two lines have run together.
  static func wholeLines(in damaged: UnsafeRawBufferPointer) -> [Range<Int>] {
    var starts: [Int] = []
    var at = 0
    while let end = damaged.end(of: "{\"seq\":", from: at, to: damaged.count), starts.count < 64 {
      starts.append(end - 7)
      at = end
    }
    var found: [Range<Int>] = []
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1] - 1 : damaged.count
      for end in [next, damaged.count] where end > start {
        guard StoreLine.fault(damaged.part(start..<end)) == nil else { continue }
        found.append(start..<end)
        break
      }
    }
    return found
  }

  /// Puts the temporary file of a segment in its place.
  func install(_ number: Int) throws(StoreError) { try files.rename(temporary(number), to: name(number)) }

  /// Removes damaged lines from a segment.
  static func dropDamage(_ files: StoreDirectory, _ folder: String, _ segment: Manifest.Segment)
    throws(StoreError) -> Manifest.Segment
  {
    let rewrite = SegmentRewrite(files: files, folder: folder)
    let result = try rewrite.write(segment.number, from: [segment], salvages: true) {
      StoreLine.fault($2) == nil && $1 >= 0
    }
    try rewrite.install(segment.number)
    return result
  }

  func name(_ number: Int) -> String { folder + "/" + StoreDirectory.segmentName(number) }
  func temporary(_ number: Int) -> String { name(number) + ".tmp" }
}

extension Manifest.Segment {
  /// Counts a line, and adds it with its line feed to `buffer`.
  mutating func add(_ line: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
    add(sequence: StoreLine.sequence(line) ?? 0, bytes: line.count + 1)
    buffer.append(contentsOf: line)
    buffer.append(0x0A)
  }
}

extension Recovery {
  /// Ends a compaction that was cut off: forward where its file is in place, back where it is not.
  func finishCompaction(_ manifest: Manifest) throws(StoreError) -> Manifest? {
    guard let compaction = manifest.compaction else { return nil }
    var result = manifest
    result.compaction = nil
    let replacement = compaction.replacement
    let rewrite = SegmentRewrite(files: directory, folder: "entries")
    let numbers = try directory.segments(in: "entries")
    let size =
      numbers.contains(replacement.number)
      ? try directory.open(rewrite.name(replacement.number), .read).size() : 0
    let old = manifest.entries.first { $0.number == replacement.number }
    // Both sizes equal means that nothing was dropped from the segment itself, and the two files are the same.
    guard size == replacement.bytes, size != old?.bytes || !compaction.removes.isEmpty || old == nil else {
      return result
    }
    for number in compaction.removes { try directory.remove(rewrite.name(number)) }
    try directory.synchroniseFolder(of: rewrite.name(replacement.number))
    result.entries = manifest.entries.filter { !compaction.removes.contains($0.number) }
      .map { $0.number == replacement.number ? replacement : $0 }
    return result
  }
}
