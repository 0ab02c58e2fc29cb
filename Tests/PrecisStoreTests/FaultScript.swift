import PrecisModel
import PrecisStore

/// A small life of a store: creation, groups, publications, a change, a removal, compaction, a restart, a mark, retention,
/// compaction beside appends.
///
/// It remembers what was acknowledged, and what might be there because a call that would have told failed.
final class FaultScript {
  private let directory: String
  private let fileSystem: FaultFileSystem
  private let boot: BootIdentity
  /// Whether a group is appended while the one before is made durable.
  private let overlaps: Bool
  private var writer: StoreWriter?

  /// Revision by article number (0: removed), as the last successful commit left it.
  private(set) var acknowledged: [Int: Int] = [:]
  /// Revisions of groups whose commit failed: each may be there or not.
  private(set) var possible: [Int: Set<Int>] = [:]
  /// Polls of feed 1 that were acknowledged.
  private(set) var polls = 0
  private(set) var possiblePolls = 0
  /// Articles that must be there when the state says so many polls.
  private(set) var articlesOfPoll: [Int: [Int: Int]] = [:]
  private(set) var errors: [String] = []
  private var group: [Int: Int] = [:]
  /// Articles whose mark as kept was acknowledged, and those of the group.
  private var kept: Set<Int> = []
  private var keptInGroup: Set<Int> = []
  /// The group whose commit was begun, and the step that it was of.
  private var underWay: (group: [Int: Int], kept: Set<Int>, polls: Int, step: () throws -> Void)?
  private var currentStep: () throws -> Void = {}

  init(directory: String, fileSystem: FaultFileSystem, boot: BootIdentity, overlaps: Bool = false) {
    self.overlaps = overlaps
    self.directory = directory
    self.fileSystem = fileSystem
    self.boot = boot
  }

  static func options(boot: BootIdentity) -> StoreOptions {
    var options = StoreOptions()
    options.segmentSize = 6000
    options.checkpointInterval = 5000
    options.checkpoints = .insideCommit
    options.commits = .whereWaitedFor
    options.stateLogSize = 1500
    options.boot = boot
    return options
  }

  /// Runs to the end, or to the crash; after an error it does as the pipeline does and tries the step again.
  func run() {
    step { try self.open() }
    for round in 1...4 {
      step {
        for number in (round * 3 - 2)...(round * 3) { try self.add(number, 1) }
        if round > 1 { try self.add(1, round) }
        try self.commit(polls: round)
      }
      step { try self.writer?.publish(latest: Array("{\"round\":\(round)}".utf8), feeds: Array("[]".utf8)) }
    }
    step {
      try self.add(2, 2)
      try self.remove(3)
      try self.commit(polls: 5)
    }
    step { try self.writer?.compact() }
    close()
    step { try self.open() }
    step {
      for number in 13...15 { try self.add(number, 1) }
      try self.add(1, 6)
      try self.commit(polls: 6)
    }
    step { try self.writer?.compact() }
    step {
      try self.keep(4)
      try self.commit(polls: 7)
    }
    step {
      try self.retain(8)
      try self.commit(polls: 8)
    }
    step { try self.compactBesideAppends() }
    close()
  }

  /// Appends and commits between the steps of a compaction.
  private func compactBesideAppends() throws {
    var report = CompactionReport()
    var revision = 6
    while try writer?.compactStep(CompactionBudget(bytes: 1500, deadShare: 0.01), report: &report) == true {
      guard revision < 10 else { continue }
      revision += 1
      try add(1, revision)
      try commit(polls: revision + 2)
    }
  }

  private func keep(_ number: Int) throws {
    if try writer?.setKept(Sample.article(number).id, true) == true { keptInGroup.insert(number) }
  }

  /// Leaves the newest articles.
  private func retain(_ count: Int) throws {
    guard let writer else { return }
    var sweep = writer.sweep(RetentionRules(maximumCount: count), now: Timestamp(seconds: Sample.start))
    while sweep.count > 0 { try writer.remove(&sweep, limit: 2) }
    for number in acknowledged.keys where writer.find(Sample.keys(number)[0])?.isRemoved == true {
      group[number] = 0
    }
  }

  private func close() {
    if writer != nil { step { try self.finish() } }
    writer?.close()
    errors += writer?.warnings ?? []
    writer = nil
  }

  private func open() throws {
    writer?.close()
    errors += writer?.warnings ?? []
    writer = nil
    writer = try StoreWriter(
      directory: directory, options: Self.options(boot: boot), fileSystem: fileSystem)
  }

  private func step(_ body: @escaping () throws -> Void) {
    guard !fileSystem.isDown else { return }
    currentStep = body
    do { try body() } catch {
      errors.append("\(error)")
      guard !fileSystem.isDown else { return }
      fileSystem.heal()
      group = [:]
      keptInGroup = []
      // What was under way may have come to its end all the same.
      let before = underWay
      let isLost = (try? finish()) == nil
      do {
        if writer?.isPoisoned ?? true { try open() }
        if isLost, let before {
          currentStep = before.step
          try before.step()
          currentStep = body
        }
        try body()
      } catch {
        errors.append("again: \(error)")
      }
    }
  }

  /// Waits for the commit under way.
  private func finish() throws {
    guard let ending = underWay else { return }
    underWay = nil
    try writer?.finishCommit()
    acknowledge(ending.group, ending.kept, polls: ending.polls)
  }

  private func acknowledge(_ group: [Int: Int], _ kept: Set<Int>, polls: Int) {
    for (number, revision) in group { acknowledged[number] = revision }
    self.kept.formUnion(kept)
    self.polls = polls
  }

  private func add(_ number: Int, _ revision: Int) throws {
    try writer?.append(number: number, revision: revision, size: 600)
    group[number] = revision
  }

  private func remove(_ number: Int) throws {
    _ = try writer?.remove(Sample.article(number).id)
    group[number] = 0
  }

  private func commit(polls: Int) throws {
    try writer?.put(Sample.state(1, polls: polls))
    for (number, revision) in group { possible[number, default: []].insert(revision) }
    possiblePolls = max(possiblePolls, polls)
    articlesOfPoll[polls] = group
    let ending = (group: group, kept: keptInGroup)
    group = [:]
    keptInGroup = []
    if overlaps {
      try writer?.beginCommit()
      // Now the one before is durable.
      acknowledgeEarlier()
      underWay = (ending.group, ending.kept, polls, currentStep)
    } else {
      try writer?.commit()
      acknowledge(ending.group, ending.kept, polls: polls)
    }
  }

  private func acknowledgeEarlier() {
    guard let earlier = underWay else { return }
    underWay = nil
    acknowledge(earlier.group, earlier.kept, polls: earlier.polls)
  }

  /// What is wrong with the store in a directory, judged by what was acknowledged; nil where nothing is.
  func fault(in directory: String, boot: BootIdentity) -> String? {
    do {
      let writer = try StoreWriter(directory: directory, options: Self.options(boot: boot))
      for (number, revision) in acknowledged {
        let known = writer.find(Sample.keys(number)[0])
        guard let known, known.id == Sample.article(number).id else {
          return "article \(number) is not known"
        }
        let found = known.isRemoved ? 0 : known.revision
        if kept.contains(number), !known.isKept { return "article \(number) is no longer marked as kept" }
        guard found == revision || possible[number]?.contains(found) == true else {
          return "article \(number) has revision \(found), acknowledged \(revision)"
        }
        if revision > 0, found > 0, found < revision { return "article \(number) went back to \(found)" }
        if !known.isRemoved, try writer.article(known) != Sample.article(number, revision: found, size: 600) {
          return "article \(number) is not what was appended"
        }
      }
      let state = try writer.state(Sample.state(1).id)
      let found = state?.counts.polls ?? 0
      guard found >= polls, found <= possiblePolls else { return "the state has \(found) polls of \(polls)" }
      for poll in 1...max(found, 1) where found > 0 {
        for (number, revision) in articlesOfPoll[poll] ?? [:] {
          guard let known = writer.find(Sample.keys(number)[0]),
            known.revision >= revision || known.isRemoved
          else { return "the state is ahead of article \(number)" }
        }
      }
      let count = writer.counts.articles
      // It must go on as if nothing had been.
      try writer.append(number: 99)
      try writer.commit()
      writer.close()
      let report = try StoreVerifier.verify(directory: directory)
      if let problem = report.problems.first { return "\(problem)" }
      let reader = try StoreReader(directory: directory)
      var seen: Set<String> = []
      var doubles = 0
      try reader.forEach { if !seen.insert($0.id.text).inserted { doubles += 1 } }
      if doubles > 0 { return "\(doubles) articles are double" }
      if seen.count != count + 1 { return "the index has \(count) articles, the entries \(seen.count - 1)" }
      if try reader.newest(1000).count != seen.count { return "the list does not have every article" }
      for number in possible.keys where acknowledged[number] == nil {
        let known = writer.find(Sample.keys(number)[0])
        if let known, possible[number]?.contains(known.isRemoved ? 0 : known.revision) != true {
          return "article \(number) came out of nowhere"
        }
      }
      return nil
    } catch {
      return "\(error)"
    }
  }
}
