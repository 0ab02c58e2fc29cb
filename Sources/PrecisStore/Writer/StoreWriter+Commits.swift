/// A group whose commit was begun, with what is to be done at its end.
final class CommitUnderWay {
  let run: RunningCommit
  var group: PendingGroup
  /// Where the states of its feeds lay before.
  let stateUndo: [(feed: UInt64, old: LineLocation?)]
  let bytes: Int

  init(
    _ run: RunningCommit, _ group: PendingGroup, stateUndo: [(feed: UInt64, old: LineLocation?)], bytes: Int
  ) {
    self.run = run
    self.group = group
    self.stateUndo = stateUndo
    self.bytes = bytes
  }
}

extension StoreWriter {
  /// Bytes that the group holds; a caller commits before this grows beyond what it wants to hold in memory.
  public var pendingBytes: Int { entries.pendingBytes + states.pendingBytes }

  /// Whether a commit was begun whose end nobody has asked for.
  public var isCommitting: Bool { commitUnderWay != nil || endedCommit != nil }

  /// Whether ``finishCommit()`` would not have to wait.
  public var isCommitDone: Bool { commitUnderWay?.run.hasEnded ?? true }

  /// Makes the group durable: the articles, and only then the states; at most one fdatasync for each.
  ///
  /// - Throws: `.full` and `.io` where a write failed and the group was rolled back; `.poisoned` where a flush
  ///   failed. When the states fail, the articles of the group are durable all the same.
  public func commit() throws(StoreError) {
    try finishCommit()
    guard let commit = try sealGroup(startsDisk: true) else { return }
    // While the disk works, what is new is entered where nobody sees it yet.
    keeper.stage(commit.group)
    commit.run.run()
    try take(commit)
  }

  /// Begins to make the group durable, as ``commit()`` does; what is appended from now on belongs to the next group.
  ///
  /// `whenDone` is called on another thread when ``finishCommit()`` need not wait any more. A commit that was begun before
  /// is waited for, once the disk knows of this one, too: at most two groups are not durable, the one that is being appended apart.
  ///
  /// - Throws: as ``commit()`` does; then the group is forgotten. ``finishCommit()`` tells whether the one before is, too.
  public func beginCommit(_ whenDone: (@Sendable () -> Void)? = nil) throws(StoreError) {
    if let ended = endedCommit {
      endedCommit = nil
      try ended.get()
    }
    guard let commit = try sealGroup(startsDisk: false) else { return }
    if options.commits == .besideAppends { commit.run.begin(whenDone) }
    let before = commitUnderWay
    commitUnderWay = commit
    if let before {
      do throws(StoreError) { try take(before) } catch {
        endedCommit = .failure(error)
        throw error
      }
    }
    keeper.stage(commit.group)
  }

  /// Waits for the commit that was begun, if one was.
  ///
  /// - Throws: as ``commit()`` does; then what was appended since is forgotten, too.
  public func finishCommit() throws(StoreError) {
    settle()
    guard let ended = endedCommit else { return }
    endedCommit = nil
    try ended.get()
  }

  /// Waits for the commit that was begun, and keeps how it ended for those who ask.
  func settle() {
    guard let commit = commitUnderWay else { return }
    commitUnderWay = nil
    do throws(StoreError) {
      try take(commit)
      endedCommit = .success(())
    } catch {
      endedCommit = .failure(error)
    }
  }

  /// Forgets the group.
  public func rollBack() {
    settle()
    forget()
  }

  /// Hands the group over to the disk, and makes room for the next.
  private func sealGroup(startsDisk: Bool) throws(StoreError) -> CommitUnderWay? {
    if let failure = entries.failure ?? states.failure { throw failure }
    let bytes = pendingBytes
    guard bytes > 0 else { return nil }
    do throws(StoreError) {
      if startsDisk { try entries.startWriting() } else { try entries.write() }
      let run = RunningCommit(entries: try entries.seal(), states: try states.seal(), in: commitLine)
      defer {
        group = spareGroup
        spareGroup = PendingGroup()
        stateUndo = []
      }
      return CommitUnderWay(run, group, stateUndo: stateUndo, bytes: bytes)
    } catch {
      rollBack()
      throw error
    }
  }

  /// Waits for a commit, and takes into the index what it made durable.
  private func take(_ commit: CommitUnderWay) throws(StoreError) {
    let outcome = commit.run.wait()
    do throws(StoreError) {
      if let failure = outcome.entries { throw failure }
      if let sealed = commit.run.entries {
        entries.settle(sealed)
        try index(commit.group)
      }
      if let failure = outcome.states { throw failure }
      if let sealed = commit.run.states {
        states.settle(sealed)
        stateScan.forget()
      }
    } catch {
      if case .poisoned = error {
        if outcome.entries != nil { entries.fail(error) } else { states.fail(error) }
      }
      // What waited behind it has not come to the disk.
      _ = commitUnderWay?.run.wait()
      stateUndo = commit.stateUndo + (commitUnderWay?.stateUndo ?? []) + stateUndo
      commitUnderWay = nil
      forget(isCommitLost: true)
      throw error
    }
    swap(&spareGroup, &commit.group)
    spareGroup.removeAll()
    bytesSinceCheckpoint += commit.bytes
    checkpointIfDue()
  }

  /// Forgets what is not durable; nothing is on its way.
  private func forget(isCommitLost: Bool = false) {
    let isForgetting = isCommitLost || !group.isEmpty || !stateUndo.isEmpty
    defer { if isForgetting { onForget?() } }
    // The index first: as long as the lines are in the file, a start after a kill enters them as they were entered here.
    keeper.index.unstage()
    entries.rollBack()
    states.rollBack()
    stateScan.forget()
    commitLine.failure.withLock { $0 = nil }
    for undo in stateUndo.reversed() { stateTable.restore(undo.feed, undo.old) }
    stateUndo.removeAll()
    group.removeAll()
    nextSequence = lastGivenSequence + 1
    nextStateSequence = (states.segments.last { $0.records > 0 }?.lastSequence ?? 0) + 1
  }

  /// Takes durable lines into the index and tells the followers.
  private func index(_ group: PendingGroup) throws(StoreError) {
    let staged = keeper.index.publishStaged()
    do throws(StoreError) {
      try group.forEach(from: staged) { (line) throws(StoreError) in
        try keeper.insert(line.head, keys: line.head.keys, at: line.location)
      }
    } catch {
      // They are durable and not known: the next start makes that good.
      entries.fail("\(error)")
      throw error
    }
    advanceWatermark()
    markDurable()
  }

  func advanceWatermark() {
    guard let last = entries.segments.last else { return }
    keeper.index.watermark = IndexPosition(
      sequence: entries.segments.last { $0.records > 0 }?.lastSequence ?? 0, segment: UInt64(last.number),
      offset: UInt64(last.bytes))
  }

  func markDurable() {
    do throws(StoreError) {
      if durableFile == nil { durableFile = try files.open(DurableMark.name, .write) }
      try durableFile?.write(durableMark.line(lastSequence), at: 0)
    } catch {
      warn("followers were not told: \(error)")
    }
  }

  func warn(_ message: String) {
    if warnings.count >= 16 { warnings.removeFirst() }
    warnings.append(message)
  }
}
