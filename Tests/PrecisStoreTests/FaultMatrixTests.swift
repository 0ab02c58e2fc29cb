import Glibc
import PrecisStore
import PrecisTestLimits
import Testing

@Suite("Every failure point of a store's life", .mustEnd)
struct FaultMatrixTests {
  static let run = BootIdentity(high: 1, low: 1)
  static let nextRun = BootIdentity(high: 2, low: 2)

  /// A life with a fault at one call: each group waited for, or appended while the one before is made durable.
  struct Life {
    let overlaps: Bool

    func run(in directory: String, _ fault: Fault = .crash, at call: Int = .max) -> (
      FaultScript, FaultFileSystem
    ) {
      let system = FaultFileSystem(root: directory, fault: fault, at: call)
      let script = FaultScript(
        directory: directory, fileSystem: system, boot: FaultMatrixTests.run, overlaps: overlaps)
      script.run()
      return (script, system)
    }

    /// The calls of it without a fault.
    var calls: Int {
      let directory = TemporaryDirectory()
      return run(in: directory.store).1.calls
    }
  }

  @Test("without a fault, nothing is wrong", arguments: [false, true])
  func honest(overlaps: Bool) {
    let directory = TemporaryDirectory()
    let (script, _) = Life(overlaps: overlaps).run(in: directory.store)
    #expect(script.errors == [])
    #expect(script.polls == 12)
    #expect(script.fault(in: directory.store, boot: Self.run) == nil)
  }

  @Test(
    "a call that fails is reported, and costs nothing that was acknowledged",
    arguments: [Fault.inputOutputError, .diskFull, .interrupted, .shortWrite], [false, true])
  func failingCalls(fault: Fault, overlaps: Bool) {
    let life = Life(overlaps: overlaps)
    var points = 0
    for call in 1...life.calls {
      let directory = TemporaryDirectory()
      let (script, system) = life.run(in: directory.store, fault, at: call)
      guard !system.failedCall.isEmpty || fault == .shortWrite else { continue }
      points += 1
      let wrong = script.fault(in: directory.store, boot: Self.run)
      #expect(wrong == nil, "\(fault) at call \(call), \(system.failedCall): \(script.errors)")
      if fault == .inputOutputError, Self.mustBeTold(system.failedCall) {
        #expect(!script.errors.isEmpty, "not told: call \(call), \(system.failedCall)")
      }
    }
    print("fault matrix: \(fault)\(overlaps ? ", overlapping" : ""): \(points) points")
  }

  @Test(
    "a crash before or inside any call leaves a store that opens, in every state that may be on the disk",
    arguments: [false, true])
  func crashes(overlaps: Bool) {
    let life = Life(overlaps: overlaps)
    var points = 0
    for fault in [Fault.crash, .crashInside] {
      for call in 1...life.calls {
        let directory = TemporaryDirectory()
        let (script, system) = life.run(in: directory.store, fault, at: call)
        guard system.isDown else { continue }
        for state in CrashState.allCases {
          points += 1
          let target = directory.path + "/after"
          state.materialise(system, from: directory.store, to: target)
          let boot = state == .everything ? Self.run : Self.nextRun
          let wrong = script.fault(in: target, boot: boot)
          #expect(wrong == nil, "\(fault) at call \(call), \(system.failedCall), \(state)")
          removeTree(target)
        }
      }
    }
    print("fault matrix: crash\(overlaps ? ", overlapping" : ""): \(points) states")
  }

  /// Reads, lookups and tidying up may be done without where another way leads to the same.
  static func mustBeTold(_ call: String) -> Bool {
    ["write", "fdatasync", "fsync", "rename"].contains { call.hasPrefix($0 + " ") }
  }
}
