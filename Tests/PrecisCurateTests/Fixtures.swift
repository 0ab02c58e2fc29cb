import PrecisCurate
import PrecisModel

/// Texts written for these tests.
enum Fixtures {
  static let queues = """
    Most outages of our order service came from one habit: every request did all of its work before it answered. \
    A slow payment provider made every page slow. Queues let a service accept work now and do it later. We moved \
    payment, mail and invoices behind a queue, and the number of failed orders fell from 2.1 percent to 0.2 percent.

    A queue is not a database. It holds work for seconds or minutes, and it should be empty most of the time. When a \
    queue grows for an hour, something behind it is broken, and adding memory only hides the fault. In our first week \
    the queue grew to four million messages because one worker crashed on a malformed address and was started again \
    every second.

    ## Retries

    We use a separate queue for messages that failed three times, and a person looks at it every morning. Retries \
    must wait longer each time. Retries must be idempotent. A retry without a limit is an attack on your own \
    service, and the provider that you call will treat it as one. We measured how long each provider needs to come \
    back after an incident, and we chose the waiting times by comparing those numbers with the patience of customers.

    ## What we would do again

    - Measure the age of the oldest message, not the length of the queue.
    - Give every message an identifier before it enters the queue.
    - Write the consumer first: it decides what a message must hold.
    - Keep messages small, and store large payloads elsewhere.

    ## Conclusion

    If you run a service that calls other services, you should put a queue between the request and the slow work. \
    Start with one queue and one worker, and watch the age of the oldest message from the first day. Teams should \
    rehearse a full queue before it happens, because the habits of a calm afternoon decide how the night goes. \
    The code of our worker is at https://github.com/example/worker and the paper behind it is arXiv:1706.03762v5.

    Subscribe to our newsletter for more posts like this one. This episode is sponsored by Acme: use code \
    QUEUE20 for 20% off your first month.

    Share this post on Twitter, Facebook and LinkedIn.
    """

  static let german = """
    Die Stadt Freiburg stellt ihre Verwaltung auf freie Software um. Bis Ende 2027 sollen 4.500 Arbeitsplätze mit \
    Linux laufen, teilte das Rathaus am 3. März mit. Die Umstellung beginnt mit den Schulen, weil dort die Lizenzen \
    zuerst auslaufen. Dr. Weber, die Leiterin der Abteilung, nennt vor allem die Kosten für Lizenzen als Grund.

    Freie Software allein löst das Problem nicht. Fachverfahren, z. B. für das Meldewesen, laufen bisher nur unter \
    Windows, und ihre Hersteller müssen sie erst anpassen. Die Stadt hat deshalb mit elf anderen Städten einen \
    Verbund gegründet, der die Anpassungen gemeinsam bezahlt. Der Verbund veröffentlicht seine Ergebnisse als \
    freie Software, damit auch kleinere Gemeinden sie nutzen können.

    Die Schulung der Beschäftigten soll wichtiger sein als die Technik. In einem Versuch mit 120 Personen zeigte \
    sich, dass die meisten nach zwei Wochen so schnell arbeiteten wie vorher. Abonnieren Sie unseren Newsletter.
    """

  static let all: [(name: String, text: String)] = [
    ("queues", queues), ("german", german), ("twice", queues + "\n\n" + german),
    ("chinese", String(repeating: "人工智能正在改变软件开发的方式。开发者应该学习新的工具。", count: 30)),
    ("japanese", String(repeating: "データベースの性能は索引で決まる。索引は必ず測定すること。", count: 30)),
    ("one line", queues.split(separator: "\n").joined(separator: " ")),
  ]

  static let hostile: [(name: String, text: String)] = [
    ("nothing", ""), ("spaces", String(repeating: " \n", count: 2000)),
    ("points", String(repeating: ". ", count: 50_000)),
    ("emoji", String(repeating: "🎉🚀", count: 20_000)), ("one word", String(repeating: "a", count: 300_000)),
    ("one sentence", String(repeating: "word ", count: 50_000)),
    ("zeros", String(repeating: "\0A b c.\0 ", count: 5000)),
    ("brackets", String(repeating: "([{\"«„", count: 20_000)),
    ("slashes", String(repeating: "github.com/", count: 20_000)),
    ("colons", String(repeating: "doi:10.1/arxiv:", count: 10_000)),
    ("marks", String(repeating: "- \n1. \n• ", count: 9000)),
    ("right to left", String(repeating: "هذا نص عربي طويل. وهذه جملة أخرى؟ ", count: 500)),
    ("override", String(repeating: "\u{202E}Text that runs back. And more of it here. ", count: 300)),
    ("ideographs", String(repeating: "字", count: 60_000)),
    ("combining", "e" + String(repeating: "\u{301}", count: 50_000)),
  ]
}

/// NFKC is beyond the standard library; the fixtures are in it, so folding white space is enough.
func folded(_ text: String) -> String {
  text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
}

func curated(_ text: String, title: String = "Queues keep a service alive") -> Curated {
  Curator().curate(CuratorInput(title: title, text: text))
}

func words(_ text: String) -> Int { text.split(whereSeparator: { $0.isWhitespace }).count }
