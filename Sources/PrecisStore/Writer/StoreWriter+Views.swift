extension StoreWriter {
  /// Replaces a file of the store (`latest.json`, `feeds.json`) so that readers see the old or the new one, whole.
  public func replaceFile(name: String, bytes: [UInt8]) throws(StoreError) {
    try checkReplaceable(name)
    try files.replace(name, with: bytes)
  }

  func checkReplaceable(_ name: String) throws(StoreError) {
    guard !name.contains("/"), !name.hasPrefix("."), name != Manifest.name, name != "lock" else {
      throw .io(operation: "replace", path: name, errno: 22)
    }
    if let failure = entries.failure ?? states.failure { throw failure }
  }

  /// Publishes the views that were rendered for this state of the store, and the manifest after them.
  public func publish(latest: [UInt8]? = nil, feeds: [UInt8]? = nil) throws(StoreError) {
    if let latest { try replaceFile(name: "latest.json", bytes: latest) }
    if let feeds { try replaceFile(name: "feeds.json", bytes: feeds) }
    if let failure = entries.failure ?? states.failure { throw failure }
    try checkpoint()
  }
}
