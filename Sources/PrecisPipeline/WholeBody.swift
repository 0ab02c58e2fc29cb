import PrecisFetch
import PrecisHTML
import PrecisModel
import Synchronization

/// Takes a body in as a whole, for documents that are looked at once.
final class WholeBody: BodySink {
  private let gathered = Mutex<[UInt8]>([])

  /// What has come.
  var bytes: [UInt8] { gathered.withLock { $0 } }

  func receive(_ chunk: [UInt8], _ credit: BodyCredit) {
    gathered.withLock { $0 += chunk }
    credit.release()
  }
}

/// A feed's title as characters.
enum TitleText {
  static func of(_ text: ParsedText) -> String { PlainText.of(text) }
}
