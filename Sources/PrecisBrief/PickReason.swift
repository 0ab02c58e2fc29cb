import PrecisModel

/// Says why an article is in the brief.
enum PickReason {
  /// "Interconnects AI, 9 hours old, 2,100 words with 3 code references; about LLM Evaluation; for AI Engineer."
  static func sentence(_ candidate: BriefCandidate, _ importance: Importance, now: Timestamp) -> String {
    var size =
      candidate.wordCount > 0 ? "\(grouped(candidate.wordCount)) \(plural(candidate.wordCount, "word"))" : ""
    if candidate.codeReferences > 0 {
      size +=
        (size.isEmpty ? "" : " with ") + "\(candidate.codeReferences) "
        + plural(candidate.codeReferences, "code reference")
    }
    let name = candidate.sourceName.isEmpty ? "An unnamed source" : candidate.sourceName
    var parts = [[name, age(now - candidate.date), size].filter { !$0.isEmpty }.joined(separator: ", ")]
    if !importance.matchedTopics.isEmpty {
      parts.append(
        "about your \(plural(importance.matchedTopics.count, "topic")) " + list(importance.matchedTopics))
    } else if let topic = candidate.topics.first {
      parts.append("about \(topic)")
    }
    if !importance.matchedRoles.isEmpty {
      parts.append(
        "for your \(plural(importance.matchedRoles.count, "role")) " + list(importance.matchedRoles))
    }
    if candidate.sightings > 0 {
      parts.append("carried in \(candidate.sightings) other \(plural(candidate.sightings, "place"))")
    }
    return parts.joined(separator: "; ") + "."
  }

  private static func age(_ seconds: Int64) -> String {
    let hours = max(0, seconds) / 3600
    if hours < 1 { return "less than an hour old" }
    if hours < 48 { return "\(hours) \(plural(Int(hours), "hour")) old" }
    return "\(hours / 24) days old"
  }

  private static func plural(_ count: Int, _ noun: String) -> String { count == 1 ? noun : noun + "s" }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : "\(number / 1000)," + String("00\(number % 1000)".suffix(3))
  }
}
