import Glibc
import PrecisStore
import PrecisTestLimits
import Testing

@Suite("Every failure point of a store's life", .mustEnd)
struct FaultMatrixTests {
  static let run = BootIdentity(high: 1, low: 1)
  static let nextRun = BootIdentity(high: 2, low: 2)

  /// The calls of a life without a fault.
  static let calls: Int = {
    let directory = TemporaryDirectory()
    let system = FaultFileSystem(root: directory.store)
    FaultScript(directory: directory.store, fileSystem: system, boot: run).run()
    return system.calls
  }()

  @Test("without a fault, nothing is wrong")
  func honest() {
    let directory = TemporaryDirectory()
    let system = FaultFileSystem(root: directory.store)
    let script = FaultScript(directory: directory.store, fileSystem: system, boot: Self.run)
    script.run()
    #expect(script.errors == [])
    #expect(script.fault(in: directory.store, boot: Self.run) == nil)
  }

  @Test(
    "a call that fails is reported, and costs nothing that was acknowledged",
    arguments: [Fault.inputOutputError, .diskFull, .interrupted, .shortWrite])
  func failingCalls(fault: Fault) {
    var points = 0
    for call in 1...Self.calls {
      let directory = TemporaryDirectory()
      let system = FaultFileSystem(root: directory.store, fault: fault, at: call)
      let script = FaultScript(directory: directory.store, fileSystem: system, boot: Self.run)
      script.run()
      guard !system.failedCall.isEmpty || fault == .shortWrite else { continue }
      points += 1
      let wrong = script.fault(in: directory.store, boot: Self.run)
      #expect(wrong == nil, "\(fault) at call \(call), \(system.failedCall): \(script.errors)")
      if fault == .inputOutputError, Self.mustBeTold(system.failedCall) {
        #expect(!script.errors.isEmpty, "not told: call \(call), \(system.failedCall)")
      }
    }
    print("fault matrix: \(fault): \(points) points")
  }

  @Test("a crash before or inside any call leaves a store that opens, in every state that may be on the disk")
  func crashes() {
    var points = 0
    for fault in [Fault.crash, .crashInside] {
      for call in 1...Self.calls {
        let directory = TemporaryDirectory()
        let system = FaultFileSystem(root: directory.store, fault: fault, at: call)
        let script = FaultScript(directory: directory.store, fileSystem: system, boot: Self.run)
        script.run()
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
    print("fault matrix: crash: \(points) states")
  }

  /// Reads, lookups and tidying up may be done without where another way leads to the same.
  static func mustBeTold(_ call: String) -> Bool {
    ["write", "fdatasync", "fsync", "rename"].contains { call.hasPrefix($0 + " ") }
  }
}
