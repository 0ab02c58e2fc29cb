import CXML2

/// libxml2's push parser: bytes of XML in, events out. The only place that knows libxml2.
///
/// It gets UTF-8 that `MarkupRepair` has made well-formed; document types and entity declarations never reach it.
/// No network, no entity substitution, no external subset, libxml2's own size limits kept.
final class XMLSource {
  private let handler: XMLHandler
  private var context: xmlParserCtxtPtr?

  init(handler: XMLHandler) {
    self.handler = handler
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { me, local, prefix, uri, _, _, count, _, attributes in
      guard let me, let local else { return }
      // The handler outlives the context, which its owner frees first.
      Unmanaged<XMLHandler>.fromOpaque(me)._withUnsafeGuaranteedRef {
        $0.start(
          XMLName(local: local, prefix: prefix, namespace: uri),
          XMLAttributes(base: attributes, count: Int(count)))
      }
    }
    sax.endElementNs = { me, _, _, _ in
      guard let me else { return }
      Unmanaged<XMLHandler>.fromOpaque(me)._withUnsafeGuaranteedRef { $0.end() }
    }
    let text: charactersSAXFunc = { me, start, count in
      guard let me else { return }
      Unmanaged<XMLHandler>.fromOpaque(me)._withUnsafeGuaranteedRef {
        $0.text(UnsafeBufferPointer(start: start, count: Int(count)))
      }
    }
    sax.characters = text
    sax.cdataBlock = text
    sax.ignorableWhitespace = text
    sax.serror = { me, error in
      guard let me, let message = error?.pointee.message else { return }
      Unmanaged<XMLHandler>.fromOpaque(me)._withUnsafeGuaranteedRef { handler in
        // Undeclared prefixes are understood by name, so they are no news.
        if error?.pointee.code == XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue.asInt32 { return }
        var text = String(cString: message)
        while text.last?.isWhitespace == true { text.removeLast() }
        handler.warn("XML: " + text.prefix(200))
      }
    }
    xmlInitParser()
    let me = Unmanaged.passUnretained(handler).toOpaque()
    context = xmlCreatePushParserCtxt(&sax, me, nil, 0, nil)
    if let context {
      let options = XML_PARSE_NONET.rawValue | XML_PARSE_RECOVER.rawValue
      xmlCtxtUseOptions(context, Int32(options))
      xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      handler.lines.context = context
    }
  }

  deinit { close() }

  /// Parses the next bytes; nothing happens after the handler has failed.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let context, handler.failure == nil, !bytes.isEmpty else { return }
    bytes.withMemoryRebound(to: CChar.self) { chars in
      // Chunks are at most a few megabytes (one tag), so the count fits.
      _ = xmlParseChunk(context, chars.baseAddress, Int32(clamping: chars.count), 0)
    }
    if handler.failure != nil { xmlStopParser(context) }
  }

  /// Ends the document.
  func finish() {
    guard let context else { return }
    if handler.failure == nil { xmlParseChunk(context, nil, 0, 1) }
    close()
  }

  private func close() {
    guard let context else { return }
    handler.lines.context = nil
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(context)
    self.context = nil
  }
}

/// Tells how far a document has been read.
final class LineCounter {
  fileprivate var context: xmlParserCtxtPtr?
  /// Line ends that libxml2 did not see.
  var skipped = 0

  /// The line of the current event, from 1; 0: no document is being read.
  var line: Int {
    // libxml2 asks for the context as an untyped pointer; it is freed only after it was taken out of here.
    context.map { Int(max(0, xmlSAX2GetLineNumber($0))) + skipped } ?? 0
  }
}

extension UInt32 {
  fileprivate var asInt32: Int32 { Int32(bitPattern: self) }
}
