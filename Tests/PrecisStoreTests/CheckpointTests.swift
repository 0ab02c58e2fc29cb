import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("Checkpoints", .mustEnd)
struct CheckpointTests {
  let directory = TemporaryDirectory()

  private func writer(_ place: CheckpointPlace, boot: BootIdentity) throws -> StoreWriter {
    var options = StoreOptions()
    options.checkpointInterval = 20_000
    options.checkpoints = place
    options.boot = boot
    return try StoreWriter(directory: directory.store, options: options)
  }

  @Test(
    "after a power cut only what came after the last one is read again",
    arguments: [CheckpointPlace.besideAppends, .insideCommit])
  func powerCut(place: CheckpointPlace) throws {
    let first = try writer(place, boot: FaultMatrixTests.run)
    for number in 1...400 {
      // Every fifth is a change of one before it, so that pages change that a checkpoint is flushing.
      if number.isMultiple(of: 5) {
        try first.append(number: number - 4, revision: 2)
      } else {
        try first.append(number: number)
      }
      try first.commit()
    }
    first.abandon()
    #expect(first.warnings == [])

    let second = try writer(place, boot: FaultMatrixTests.nextRun)
    #expect(second.recovery.isClean)
    #expect(!second.recovery.didRebuildIndex)
    #expect(1..<100 ~= second.recovery.linesIndexed)
    #expect(second.counts.articles == 320)
    for number in 1...400 where !number.isMultiple(of: 5) {
      let revision = number % 5 == 1 ? 2 : 1
      #expect(try second.article(id: Sample.article(number).id) == Sample.article(number, revision: revision))
    }
    second.close()
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
  }
}
