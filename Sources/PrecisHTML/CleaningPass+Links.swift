import PrecisURL

extension CleaningPass {
  mutating func startLink(_ input: UnsafeBufferPointer<UInt8>) {
    let url = attributes[AttributeName.href].flatMap { address.address(attribute(input, $0), for: .link) }
    out.append(contentsOf: [0x3C, 0x61])
    if let url {
      out.append(contentsOf: " href=\"".utf8)
      appendEscaped(url)
      out.append(0x22)
    }
    writeAttributes(of: .a, input, without: AttributeName.href)
    out.append(0x3E)
    stack.append(.a)
    if let url, result.links.count < limits.maxLinks {
      openLink = (String(decoding: url, as: UTF8.self), out.count, text.nextOffset)
    }
  }

  mutating func endLink() {
    guard let link = openLink else { return }
    openLink = nil
    let start = min(link.textOffset, text.bytes.count)
    let words = String(decoding: text.bytes[start...].prefix(300), as: UTF8.self)
    result.links.append(CleanHTML.Link(url: link.url, text: words, textOffset: start))
  }

  /// A frame that shows a player becomes a link to it; others go without a trace.
  mutating func embedded(_ input: UnsafeBufferPointer<UInt8>) {
    guard let raw = attributes[AttributeName.src] ?? attributes[AttributeName.dataSource],
      let url = address.address(attribute(input, raw), for: .media), stack.count + 1 < limits.maxDepth
    else { return }
    let address = String(decoding: url, as: UTF8.self)
    guard let player = WebURL(address), MediaFrames.isPlayer(player) else { return }
    guard placeInTable(.a), !stack.contains(.a) else { return }
    let words = Array((player.host ?? address).utf8)
    preStart = .past
    closeNearest { $0 == .p }
    push(.div)
    let offset = text.nextOffset
    out.append(contentsOf: "<a href=\"".utf8)
    appendEscaped(url)
    out.append(contentsOf: "\">".utf8)
    words.withUnsafeBufferPointer { escape($0) }
    out.append(contentsOf: "</a>".utf8)
    close(downTo: stack.count - 1)
    if result.links.count < limits.maxLinks {
      result.links.append(
        CleanHTML.Link(url: address, text: String(decoding: words, as: UTF8.self), textOffset: offset))
    }
  }

  mutating func image(_ input: UnsafeBufferPointer<UInt8>) {
    let setRange = attributes[AttributeName.srcset] ?? attributes[AttributeName.dataSourceSet]
    let set = setRange.flatMap { address.imageSet(attribute(input, $0)) }
    // What a script would put in later stands in data attributes; src is a placeholder then.
    let lazy = lazySource(input)
    let plain = attributes[AttributeName.src].flatMap { address.address(attribute(input, $0), for: .image) }
    guard let url = lazy ?? plain ?? set?.largest, !isTrackingPixel(input, url) else { return }
    guard placeInTable(.img) else { return }
    preStart = .past
    out.append(contentsOf: "<img src=\"".utf8)
    appendEscaped(url)
    out.append(0x22)
    if let set {
      out.append(contentsOf: " srcset=\"".utf8)
      appendEscaped(set.text)
      out.append(0x22)
    }
    writeAttributes(of: .img, input)
    out.append(0x3E)
    let isData = url.starts(with: "data:".utf8)
    if !isData, result.images.count < limits.maxImages {
      result.images.append(String(decoding: url, as: UTF8.self))
    }
  }

  /// The first address that a data attribute gives.
  private mutating func lazySource(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    for name in [AttributeName.dataSource, AttributeName.dataLazy, AttributeName.dataOriginal] {
      guard let range = attributes[name] else { continue }
      if let url = address.address(attribute(input, range), for: .media) { return url }
    }
    return nil
  }

  mutating func isTrackingPixel(_ input: UnsafeBufferPointer<UInt8>, _ url: [UInt8]) -> Bool {
    func isTiny(_ name: PackedName) -> Bool {
      guard let range = attributes[name] else { return false }
      let digits = input[range].filter { 0x30...0x39 ~= $0 }
      return digits.count == 1 && (digits[0] == 0x30 || digits[0] == 0x31) && range.count <= 3
    }
    if isTiny(AttributeName.width), isTiny(AttributeName.height) { return true }
    if let style = attributes[AttributeName.style] {
      let rules = String(decoding: attribute(input, style), as: UTF8.self).lowercased().filter { $0 != " " }
      if rules.contains("display:none") || rules.contains("visibility:hidden")
        || rules.contains("width:1px;height:1px")
      {
        return true
      }
    }
    return TrackingPixels.isTracker(url)
  }
}
