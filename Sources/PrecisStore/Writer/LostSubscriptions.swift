import PrecisJSON
import PrecisModel

extension StoreWriter {
  /// Brings subscriptions back from feeds.json where the state log has none: its file was deleted, or the store is a copy
  /// that was made while the log was replaced.
  ///
  /// The view lacks validators alone, so that the next poll of each feed reads it in full. Subscriptions that were ended
  /// are not in it.
  func bringSubscriptionsBack() {
    do throws(StoreError) {
      guard let bytes = try files.contents("feeds.json"), let view = try? JSONParser.parse(bytes) else {
        return
      }
      let states = (view["feeds"]?.array ?? []).compactMap { FeedState(json: $0) }
      guard !states.isEmpty else { return }
      for state in states { try put(state) }
      try commit()
      recovery.messages.append(
        "the state log held no feed: \(states.count) subscriptions were brought back from feeds.json")
    } catch {
      warn("the state log holds no feed, and feeds.json could not be read or taken over: \(error)")
    }
  }
}
