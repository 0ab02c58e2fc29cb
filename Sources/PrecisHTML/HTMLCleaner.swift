import PrecisModel
import PrecisURL

/// Cleans HTML from strangers in one pass: safe HTML, its text, links, images and word count at once.
///
/// A tokenizer after the HTML Standard (section 13.2.5) feeds an allow-list; the output is written from a stack of
/// open elements, so it is well-formed and has the nesting that any HTML5 parser would give it. Reusable, keeps its
/// buffers; one thread at a time. Linear in the input.
public final class HTMLCleaner {
  private var pass: CleaningPass
  var lastBase: (address: String, url: WebURL?)?

  /// A cleaner that keeps to these limits.
  public init(limits: HTMLLimits = HTMLLimits()) { pass = CleaningPass(limits: limits) }

  /// Cleans a text; relative addresses are resolved against `baseURL`, and dropped where there is none.
  public func clean(_ html: String, baseURL: WebURL?) -> CleanHTML {
    var html = html
    return html.withUTF8 { clean($0, baseURL: baseURL) }
  }

  /// Cleans UTF-8.
  public func clean(_ html: UnsafeBufferPointer<UInt8>, baseURL: WebURL?) -> CleanHTML {
    pass.clean(html, baseURL: baseURL)
  }
}
