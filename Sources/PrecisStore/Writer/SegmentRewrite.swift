/// Writes a segment anew without some of its lines, and puts the new file in the old one's place.
///
/// The lines that stay keep their bytes, their sequence numbers and their order. A reader that has the old file open
/// goes on reading it.
struct SegmentRewrite {
  let files: StoreDirectory
  let folder: String

  /// Writes the lines of `sources` that `keeps` accepts to the temporary file of segment `number`; gives what it
  /// holds, and where each kept line went.
  func write(
    _ number: Int, from sources: [Manifest.Segment],
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
          guard keeps(source.number, offset, line) else { return }
          result.add(sequence: StoreLine.sequence(line) ?? 0, bytes: line.count + 1)
          buffer.append(contentsOf: line)
          buffer.append(0x0A)
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

  /// Puts the temporary file of a segment in its place.
  func install(_ number: Int) throws(StoreError) { try files.rename(temporary(number), to: name(number)) }

  /// Removes damaged lines from a segment.
  static func dropDamage(_ files: StoreDirectory, _ folder: String, _ segment: Manifest.Segment)
    throws(StoreError) -> Manifest.Segment
  {
    let rewrite = SegmentRewrite(files: files, folder: folder)
    let result = try rewrite.write(segment.number, from: [segment]) { StoreLine.fault($2) == nil && $1 >= 0 }
    try rewrite.install(segment.number)
    return result
  }

  func name(_ number: Int) -> String { folder + "/" + StoreDirectory.segmentName(number) }
  func temporary(_ number: Int) -> String { name(number) + ".tmp" }
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
