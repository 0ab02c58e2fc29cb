import PrecisModel

extension StoreWriter {
  /// What ``forgetValidators()`` does, for a person.
  static let bringsAgain = "every feed is read in full at its next poll, to bring again what it still has"

  /// Lets the feeds bring again what opening found to be lost: they have not changed, so that they would not be read.
  func bringLostAgain() {
    do throws(StoreError) {
      try forgetValidators()
      recovery.messages.append(Self.bringsAgain)
    } catch {
      warn("what was lost comes again only when its feed changes: \(error)")
    }
  }

  /// Lets every feed be read in full at its next poll, though it has not changed.
  func forgetValidators() throws(StoreError) {
    for feed in stateTable.feeds {
      guard var state = try state(FeedID(number: feed)), state.status != .removed else { continue }
      state.validators = nil
      state.bodyHash = nil
      try put(state)
    }
    try commit()
  }
}
