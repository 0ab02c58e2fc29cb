import PrecisWords

/// Words that say nothing about what a text is about.
enum FunctionWords {
  /// Whether a hash is a function word's.
  static func contains(_ hash: UInt32) -> Bool {
    table.withUnsafeBufferPointer { table in
      var slot = Int(hash) & (slots - 1)
      while table[slot] != 0 {
        if table[slot] == hash { return true }
        slot = (slot + 1) & (slots - 1)
      }
      return false
    }
  }

  private static let slots = 4096

  /// The hashes, each in the first free slot from its own; 0 where none is.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: slots)
    for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let hash = WordHash.short(word.unicodeScalars.lazy.map(\.value))
      var slot = Int(hash) & (slots - 1)
      while table[slot] != 0, table[slot] != hash { slot = (slot + 1) & (slots - 1) }
      table[slot] = hash
    }
    return table
  }()

  /// English, German, French, Spanish, Portuguese, Italian, Dutch and Russian; three letters and more.
  private static let words = """
    the and for are was were been being have has had having does did doing will would shall should may might must can
    could this that these those there here where when what which who whom whose why how not nor but yet also than then
    its his her hers their theirs our ours your yours they them she him you out into onto over under from with without
    within about above below between after before during through against again once only own same some any each every
    both few more most other such too very just because while until although though even still much many one two three
    first new said says say get got make made way like use used using via per let may now day year years time people
    der die das den dem des ein eine einer einem einen eines und oder aber nicht kein keine ist sind war waren wird werden
    wurde wurden hat haben hatte hatten kann können auf aus bei mit nach von vor zum zur über unter durch für gegen ohne
    auch noch nur schon sehr wie wenn weil dass als sich sie wir ihr ich man mehr dieser diese dieses
    les des une dans sur pour par avec sans est sont été était ont avait qui que quoi dont où mais donc pas plus moins
    très cette ces ses son leur leurs nous vous ils elles elle aux comme aussi tout tous toute fait être avoir peut
    los las del una unos unas para por con sin sobre entre pero más menos muy que qui como cuando donde este esta estos
    estas ese esa eso son fue ser era han hay sus también todo todos desde hasta porque
    dos das uma uns umas com sem não mas mais muito como quando onde este isso são foi ser tem seu sua seus suas pelo pela
    também todo todos desde até porque
    gli nel nella dei delle della dello degli che chi per con senza non più meno molto come quando dove questo questa
    questi sono era essere hanno anche tutto tutti dal dalla dopo prima perché suo sua
    het een van voor met zonder niet maar ook nog wel zijn was waren wordt werd worden heeft hebben had kan kunnen deze
    dit dat die wie wat waar hoe als dan naar bij door over onder meer veel geen
    что как это все она так его только мне было вот меня еще нет ему теперь когда даже вдруг если уже или быть был него
    вас нибудь опять вам ведь там потом себя может они тут где есть надо для тебя чем была сам чтоб без будто чего раз
    тоже себе под будет тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее были
    куда зачем всех никогда можно при наконец два другой хоть после над больше тот через эти нас про них какая много
    """
}
