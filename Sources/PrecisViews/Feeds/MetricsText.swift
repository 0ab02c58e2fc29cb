import PrecisModel

/// What a daemon counts, for Prometheus and what reads its format.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4)
public enum MetricsText {
  /// The media type of ``text(_:)``.
  public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// One metric a paragraph: help, type, value.
  public static func text(_ status: DaemonStatus) -> String {
    var metrics = [
      gauge("precis_feeds", "Subscriptions.", status.feeds),
      gauge("precis_feeds_failing", "Subscriptions whose last poll failed.", status.failing),
      gauge("precis_feeds_gone", "Subscriptions whose server said that they are gone.", status.gone),
      gauge("precis_articles", "Articles in the store.", status.articles),
      gauge("precis_last_sequence", "The number of the store's newest line.", status.lastSequence),
      gauge("precis_polls_in_flight", "Polls that are under way.", status.inFlight),
      gauge("precis_store_degraded", "1 while the store takes nothing.", status.storeError == nil ? 0 : 1),
      gauge("precis_start_time_seconds", "When the daemon began, in Unix time.", Int(status.since.seconds)),
      counter("precis_polls_total", "Polls that ended.", status.polls),
      counter("precis_polls_not_modified_total", "Polls answered with 304.", status.notModified),
      counter("precis_polls_failed_total", "Polls that failed.", status.failures),
      counter("precis_received_bytes_total", "Bytes received.", status.bytes),
      counter("precis_articles_new_total", "New articles stored.", status.new),
    ]
    if let due = status.nextDue {
      metrics.append(
        gauge(
          "precis_next_poll_timestamp_seconds", "When the next feed is due, in Unix time.", Int(due.seconds)))
    }
    return metrics.joined()
  }

  private static func gauge(_ name: String, _ help: String, _ value: Int) -> String {
    metric(name, "gauge", help, value)
  }

  private static func counter(_ name: String, _ help: String, _ value: Int) -> String {
    metric(name, "counter", help, value)
  }

  private static func metric(_ name: String, _ type: String, _ help: String, _ value: Int) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(name) \(value)\n"
  }
}
