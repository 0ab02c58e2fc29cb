/// Terms of Chinese and Japanese, which write no spaces: runs of one script, and what comes again and again.
enum IdeographTerms {
  private static let functionWords: Set<UInt32> = Set(
    "的了是在和有不我他她它这那与及或也就都而被把对从到很更最还又让会能要可以为于之其个们你吗呢吧啊着过上下中来去说等".unicodeScalars.map(\.value))

  /// Words of two signs in which one of those is no grammar: "能" of "智能", "中" of "中国".
  private static let words: Set<UInt64> = Set(
    """
    智能 性能 功能 技能 节能 才能 职能 潜能 产能 热能 核能 电能 动能 机能 效能 能源 能力 能量 能耗 中国 中心 中央 中东 中小 中学 中文 集中 空中
    社会 会议 机会 协会 大会 会计 员会 過程 过程 过滤 上海 上市 上网 下载 来源 未来 要求 要素 对象 对话 对手 和平 在线 有限 说明 小说 行为 更新 个人
    个体 被告 等级 平等 高等 中国 中心 社会 会社 会議 機会 協会 要件
    """.split(whereSeparator: \.isWhitespace).map { word in
      let signs = word.unicodeScalars.map(\.value)
      return pair(signs[0], signs[1])
    })

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  /// Words too general to be a topic.
  private static let general: Set<String> = [
    "百分", "分之", "公司", "时间", "问题", "方面", "情况", "工作", "时候", "地方", "结果", "内容", "部分", "目前", "现在", "今天",
    "昨天", "星期", "时期", "方法", "方式", "本文", "我们", "他们", "需要", "可以", "パーセント", "時間", "場合", "問題", "今回", "記事",
    "利用", "使用", "必要", "可能", "方法", "結果", "現在", "以前", "今日", "昨日", "午前", "午後", "全体", "最初", "最後", "自分",
    "人々", "結論", "総之",
  ]

  /// The best terms, none contained in another.
  static func terms(_ reading: Reading, limit: Int) -> [Keyphrases.Term] {
    let document = reading.document
    var counts: [String: (count: Int, first: Range<Int>, order: Int)] = [:]
    // Enough for the longest article; a flood of signs costs no more.
    var left = 150_000
    document.bytes.withUnsafeBufferPointer { bytes in
      for (index, sentence) in document.sentences.enumerated() where !reading.boilerplate.sentences[index] {
        func count(_ term: Range<Int>) {
          guard counts.count < 20_000, left > 0 else { return }
          left -= 1
          let text = String(decoding: bytes[term], as: UTF8.self)
          let old = counts[text] ?? (0, term, counts.count)
          counts[text] = (old.count + 1, old.first, old.order)
        }
        let range = sentence.start..<sentence.end
        runs(bytes, range) { starts in candidates(bytes, starts).forEach(count) }
        compounds(bytes, range, count)
      }
    }
    let ordered = counts.sorted { $0.value.order < $1.value.order }
    var terms: [Keyphrases.Term] = []
    for (text, item) in ordered where item.count >= 2 || ordered.count < 12 {
      if general.contains(text) { continue }
      let length = Double(text.unicodeScalars.count)
      // Of two terms that come equally often the longer says more.
      let score = Logarithm.natural(1 + Double(item.count)) * min(length - 1, 6)
      terms.append(
        Keyphrases.Term(
          text: text, key: text.unicodeScalars.map { Int32(bitPattern: $0.value) }, score: score,
          range: item.first,
          isName: false, count: item.count))
    }
    return unlike(Keyphrases.distinct(terms, limit: limit * 4), limit: limit)
  }

  /// Without those that are another one moved by a sign: parts of one longer term.
  private static func unlike(_ terms: [Keyphrases.Term], limit: Int) -> [Keyphrases.Term] {
    var chosen: [Keyphrases.Term] = []
    for term in terms where chosen.count < limit {
      let isMoved = chosen.contains { other in
        let shorter = min(other.key.count, term.key.count)
        guard shorter >= 3 else { return false }
        return other.key.dropFirst().starts(with: term.key.prefix(shorter - 1))
          || term.key.dropFirst().starts(with: other.key.prefix(shorter - 1))
      }
      if !isMoved { chosen.append(term) }
    }
    return chosen
  }

  private enum Script {
    case han
    case katakana
  }

  /// The script of the sign at a place; none where it is grammar there.
  private static func script(
    _ value: UInt32, after previous: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, next: Int, end: Int
  ) -> Script? {
    guard functionWords.contains(value) else { return script(value) }
    if words.contains(pair(previous, value)) { return .han }
    return next < end && words.contains(pair(value, Scalars.decode(bytes, at: next).value)) ? .han : nil
  }

  private static func script(_ value: UInt32) -> Script? {
    switch value {
    case 0x30A1...0x30FA, 0x30FC, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .katakana
    case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return functionWords.contains(value) ? nil : .han
    default: return nil
    }
  }

  /// Runs of one script: where each sign begins, and the end of the last.
  private static func runs(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ found: ([Int]) -> Void
  ) {
    var starts: [Int] = []
    var open: Script?
    var index = range.lowerBound
    var previous: UInt32 = 0
    while index < range.upperBound {
      let (value, length) = Scalars.decode(bytes, at: index)
      let script = script(value, after: previous, bytes, next: index + length, end: range.upperBound)
      previous = value
      if script != open || starts.count > 64 {
        if starts.count > 1 { found(starts + [index]) }
        starts.removeAll(keepingCapacity: true)
        open = script
      }
      if script != nil { starts.append(index) }
      index += length
    }
    if starts.count > 1 { found(starts + [index]) }
  }

  /// "配置ファイル": Han and katakana written together are one term.
  private static func compounds(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ found: (Range<Int>) -> Void
  ) {
    var start = range.lowerBound
    var signs = 0
    var scripts: (han: Bool, katakana: Bool) = (false, false)
    var index = range.lowerBound
    func close() {
      if scripts.han, scripts.katakana, (3...10).contains(signs) { found(start..<index) }
      signs = 0
      scripts = (false, false)
    }
    while index < range.upperBound {
      let (value, length) = Scalars.decode(bytes, at: index)
      if let script = script(value) {
        if signs == 0 { start = index }
        signs += 1
        if script == .han { scripts.han = true } else { scripts.katakana = true }
      } else {
        close()
      }
      index += length
    }
    close()
  }

  /// A short run is a term; a longer one gives its parts of two to four signs as well.
  private static func candidates(_ bytes: UnsafeBufferPointer<UInt8>, _ starts: [Int]) -> [Range<Int>] {
    let count = starts.count - 1
    if script(Scalars.decode(bytes, at: starts[0]).value) == .katakana { return [starts[0]..<starts[count]] }
    var found: [Range<Int>] = []
    if count <= 8 { found.append(starts[0]..<starts[count]) }
    for length in 2...6 where length < count {
      for from in 0...(count - length) { found.append(starts[from]..<starts[from + length]) }
    }
    return found
  }
}
