import PrecisJSON
import PrecisModel

extension StoreWriter {
  /// Adds a feed's state to the group.
  public func put(_ state: FeedState) throws(StoreError) {
    precondition(!state.isPartial, "what was not read of a state would be lost")
    if let failure = entries.failure { throw failure }
    if states.isAtSegmentEnd { settle() }
    do throws(StoreError) {
      let sequence = nextStateSequence
      LineBuilder.state(state, sequence: sequence, in: &stateJSON)
      let location = try states.append(sequence: sequence) { LineBuilder.seal(stateJSON, to: &$0) }
      let old = stateTable.set(state.id.number, location)
      stateUndo.append((state.id.number, old))
      nextStateSequence += 1
    } catch {
      rollBack()
      throw error
    }
  }

  /// The state of a feed as it was last put; nil for a feed that is not known.
  public func state(_ id: FeedID) throws(StoreError) -> FeedState? {
    guard let location = stateTable.location(id.number) else { return nil }
    return states.isHeld(location) ? try readHeld(location) : try stateScan.state(at: location)
  }

  /// Gives every feed's state to `body`, unsubscribed feeds (`status` removed) included, those that were put last at
  /// the end.
  public func forEachState(_ extent: FeedState.Extent = .whole, _ body: (FeedState) throws -> Void) throws {
    var scan = StateScan(files)
    for location in stateTable.locations {
      try body(
        states.isHeld(location)
          ? try readHeld(location, extent) : try scan.state(at: location, extent))
    }
  }

  /// Gives every feed's line to `body`, in the order of ``forEachState(_:_:)``; it is valid meanwhile.
  public func forEachStateLine(_ body: (borrowing FeedStateLine) -> Void) throws(StoreError) {
    var scan = StateScan(files)
    for location in stateTable.locations {
      func give(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        body(try StoredState.line(bytes, place: StateScan.name(of: location)))
      }
      if states.isHeld(location) {
        try states.bytes(at: location).withUnsafeBufferPointer { (bytes) throws(StoreError) in
          try give(UnsafeRawBufferPointer(bytes))
        }
      } else {
        try scan.withLine(at: location, give)
      }
    }
  }

  private func readHeld(
    _ location: LineLocation, _ extent: FeedState.Extent = .whole
  ) throws(StoreError) -> FeedState {
    try states.bytes(at: location).withUnsafeBufferPointer { (bytes) throws(StoreError) in
      try StoredState.read(UnsafeRawBufferPointer(bytes), extent, place: StateScan.name(of: location))
    }
  }
}
