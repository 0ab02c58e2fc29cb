import PrecisCurate
import Testing

@Test(
  "topics of other languages are noun phrases, not subjects with their verbs",
  arguments: [
    (
      "fr",
      "Les capteurs acoustiques écoutent le réseau. Chaque capteur transmet trois mille sons. Les capteurs acoustiques "
        + "aident la métropole de Nantes, explique Claire Morel.",
      ["capteurs acoustiques", "métropole de nantes", "claire morel"],
      ["acoustiques écoutent", "explique claire", "mille"]
    ),
    (
      "es",
      "Los sensores acústicos detectan fugas. Tres mil sensores acústicos escuchan la red de agua potable del "
        + "ayuntamiento de Zaragoza.",
      ["sensores acústicos", "red de agua potable", "ayuntamiento de zaragoza"],
      ["detectan", "escuchan", "mil "]
    ),
    (
      "pt",
      "Os sensores acústicos detetam fugas. Três mil sensores acústicos escutam a rede de água potável da cidade.",
      ["sensores acústicos", "rede de água potável"], ["detetam", "escutam", "mil "]
    ),
    (
      "it",
      "I sensori acustici ascoltano le tubature. Tremila sensori acustici aiutano il comune di Bologna.",
      ["sensori acustici", "comune di bologna"], ["acustici ascoltano", "acustici aiutano", "tremila"]
    ),
    (
      "de",
      "Die Stadtwerke Freiburg messen den Druck. Dreitausend akustische Sensoren finden nachts die Lecks, und die "
        + "Stadtwerke Freiburg schicken neue Trupps.",
      ["stadtwerke freiburg", "akustische sensoren"], ["sensoren finden", "freiburg schicken", "dreitausend"]
    ),
    (
      "nl",
      "De sensor luistert naar het water. Drieduizend akoestische sensoren vinden lekken, en de gemeente Utrecht is blij "
        + "met de akoestische sensoren.",
      ["akoestische sensoren", "gemeente utrecht"], ["sensor luistert", "sensoren vinden", "drieduizend"]
    ),
    (
      "ru",
      "Казанский водоканал установил датчики на сетях. Каждый датчик слушает трубу. Казанский водоканал купил три тысячи "
        + "новых датчиков.",
      ["казанский водоканал"], ["установил", "слушает", "тысячи"]
    ),
  ])
func otherLanguages(language: String, text: String, wanted: [String], unwanted: [String]) {
  let found = Curator().curate(CuratorInput(title: "", text: text, language: language)).topics
    .map { $0.lowercased() }
  for phrase in wanted { #expect(found.contains(phrase), "\(found)") }
  for phrase in unwanted { #expect(!found.contains { $0.contains(phrase) }, "\(found)") }
}

@Test("topics of Chinese and Japanese are whole words, none of them too general")
func ideographs() {
  let chinese = """
    苏州的自来水公司安装了传感器。传感器在夜间发现漏水点，并且通知技术人员。修理一个漏水点需要时间，公司为此培训员工。\
    以前寻找漏水点要三天，现在传感器只要六小时。公司认为时间就是金钱。
    """
  let found = Curator().curate(CuratorInput(title: "", text: chinese)).topics
  #expect(found.contains("传感器") && found.contains("漏水点"), "\(found)")
  #expect(!found.contains("公司") && !found.contains("时间"), "\(found)")
  let japanese = """
    福岡の水道局は配管網にセンサーを設置した。センサーは夜の時間に漏水を見つける。水道局は修理の時間を短くした。\
    配管網の漏水は十八パーセントから十一パーセントに減り、センサーは他の町でも使われる。
    """
  let words = Curator().curate(CuratorInput(title: "", text: japanese)).topics
  #expect(words.contains("センサー") && words.contains("配管網"), "\(words)")
  #expect(!words.contains("パーセント") && !words.contains("時間"), "\(words)")
}

@Test("a short post that says a sentence twice is quoted once")
func saidTwice() {
  let text = "The release is out. It mends the crash. The release is out."
  #expect(curated(text).summary == "The release is out. It mends the crash.")
}

@Test("a sign that is grammar as a rule is part of the word that has it")
func signsOfWords() {
  let text = """
    中国经济正在增长。中国的出口增加。专家说中国市场很大。人工智能改变教育，教师说人工智能可以帮助学生。企业投资数据中心。数据中心用电很多。
    """
  let found = Curator().curate(CuratorInput(title: "", text: text)).topics
  #expect(found.contains("中国") && found.contains("数据中心"), "\(found)")
  #expect(found.contains("人工智能"), "\(found)")
}
