/// Words that give away what a sentence does in an article; data, by section.
enum SectionData {
  /// Advice to the reader.
  static let advice = phrases(
    """
    you should, you must, you need to, you have to, you'll want to, you may want to, you might want to, we should,
    we must, we need to, we recommend, i recommend, it is recommended, i suggest, i'd suggest, my advice, our advice,
    make sure, be sure to, keep in mind, it's worth, it is worth, worth it, the best way, best practice, try to,
    teams should, companies should, developers should, organizations should, engineers should, leaders should,
    users should, managers should, readers should, people should, is essential, is critical, is crucial, is key,
    is important to, sie sollten, man sollte, sollten, empfiehlt sich, wichtig ist, es lohnt sich, achten sie,
    vous devriez, il faut, nous recommandons, il est important, n'oubliez pas, debes, deberías, debería, hay que,
    es importante, recomendamos, conviene, você deve, devemos, é importante, recomendamos, é preciso, bisogna,
    occorre, è importante, consigliamo, si dovrebbe, moet je, je moet, is belangrijk, zorg dat, следует, нужно,
    необходимо, важно, рекомендуем, стоит, 应该, 建议, 需要注意, べき, 重要
    """)

  /// What goes with advice but is said of much else.
  static let mildAdvice = phrases(
    """
    you can, you want to, should be, should not, must be, need to be, needs to, consider, focus on, start with,
    start by, remember, don't, do not, never, always, avoid, if you're, if you are, if you want, if you have
    """)

  /// A rule, put in general terms: one of these makes a short sentence a rule by itself.
  static let rule = phrases(
    """
    should, must, never, always, prefer, avoid, don't, do not, cannot, better than, beats, matters, matter,
    depends on, requires, require, is key, is everything, less is more, rather than, not just, muss, müssen, soll,
    sollte, sollten, nie, niemals, immer, doit, doivent, il faut, jamais, toujours, debe, deben, nunca, siempre,
    hay que, deve, devem, sempre, devono, mai, bisogna, moet, moeten, nooit, altijd, должен, должна, должны,
    никогда, всегда, нельзя, 必须, 应该, 永远, べき, 必ず
    """)

  /// Of these words those that also tell what happened: "they never answered".
  static let absolutes: WordSet = words("never always")

  /// A sentence that opens with one of these tells of something that was named before.
  static let definite: WordSet = words(
    "the this that these those his her its our their my your he she it they we i you nobody")

  /// What was, before or after "never" and "always".
  static let pastForms: WordSet = words(
    """
    was were had has have did could would became began been blew bought broke brought built came caught chose did done
    drew drove fell felt flew forgot found fought gave gone got grew heard held hid kept knew laid led left lent lost made
    meant met paid ran rang rode said sang sank sat saw seen sent shone shook shot slept sold spent spoke stole stood stuck
    swam taught thought threw told took understood went woke won wore wrote
    """)

  /// How the author went about it.
  static let procedure = phrases(
    """
    we use, we used, we propose, we train, we trained, we measure, we measured, we analyze, we analyzed, we analysed,
    we compare, we compared, we evaluate, we evaluated, we collected, we surveyed, we interviewed, we built, we build,
    we developed, we implemented, we implement, we tested, we ran, we apply, we applied, we combine, we adopt,
    we introduce, we design, we designed, we present, we reduce, we replaced, we split, we migrated, we rewrote,
    i used, i built, i wrote, i tested, i measured, i compared, i ran, i analyzed, i started by,
    the approach, our approach, this approach, the method, our method, this method, the technique, this technique,
    the algorithm, our algorithm, the procedure, our solution, the system uses, the researchers used, the team used,
    the authors use, the authors used, the study used, researchers analyzed, step by step, the idea is, the trick is,
    the key idea, in three steps, in two steps, wir verwenden, wir haben, der ansatz, die methode, das verfahren,
    nous utilisons, nous avons, la méthode, l'approche, utilizamos, el método, el enfoque, usamos, o método,
    a abordagem, utilizziamo, abbiamo, il metodo, l'approccio, we gebruiken, de methode, de aanpak, мы используем,
    метод, подход, 我们使用, 方法, 手法, を用いて
    """)

  /// What goes with a procedure but is said of much else: two of them count.
  static let mildProcedure = phrases(
    """
    by using, by combining, by applying, by training, by measuring, by comparing, by replacing, by adding, by moving,
    by introducing, by reducing, using a, using the, with a combination of, based on, works by, work by, is done by,
    consists of, the process, the solution, the strategy, mit hilfe, anhand, indem, à l'aide, en utilisant, mediante,
    a través de, por meio de, através de, attraverso, door middel van, met behulp van, с помощью, путем, 通过
    """)

  /// Headings under which conclusions stand.
  static let conclusionHeadings = phrases(
    """
    conclusion, conclusions, takeaway, takeaways, key takeaways, summary, final thoughts, closing thoughts, wrap up,
    wrapping up, wrap-up, lessons, lessons learned, lessons learnt, what's next, in closing, tl dr, tldr,
    the bottom line, bottom line, what it means, what this means, recommendations, so what, fazit, schluss,
    zusammenfassung, bilan, conclusión, conclusiones, conclusão, conclusões, conclusioni, conclusione, conclusie,
    заключение, выводы, итоги, 总结, 结论, 小结, まとめ, おわりに, 結論
    """)

  /// Verbs that open a directive, in their base form, and words that may open one before its verb.
  static let directiveOpenings = words(
    """
    accept achieve acknowledge act activate adapt add address adjust adopt aim align allocate allow analyze anticipate
    apply approach archive ask assess assign assume attach audit authenticate automate avoid back balance batch begin
    benchmark bind block book boost bookmark borrow break bring browse build buy cache calculate call cap capture
    celebrate challenge change charge check choose clean clear clone close coach collaborate collect combine commit
    communicate compare compile complete compress compute configure confirm connect consider consolidate consult
    contact contribute convert copy create cultivate cut debug decide declare decouple define delegate delete deliver
    demand demonstrate deploy describe design detect determine develop diagnose disable discard discover discuss
    distinguish distribute divide document download draft draw drop eat edit educate eliminate embed embrace employ
    empower enable encourage encrypt enforce engage ensure enter establish estimate evaluate examine exclude execute
    expand expect experiment explain explore export expose extend extract fetch filter find finish fix flag focus
    follow force fork format foster freeze gather generate give go grant group grow guard handle harden hide hire hold
    identify ignore implement import improve include incorporate increase index inform initialize insert inspect
    install instrument integrate introduce invest investigate invite involve isolate iterate join keep know label
    launch lay lead learn leave let leverage limit link listen load lock log look lower maintain make manage map mark
    match maximize measure merge migrate minimize mix mock model modify monitor mount move name navigate negotiate
    observe offer offload open opt optimize orchestrate order organize outline override own package partition pass
    patch pause pay perform pick pin plan plot prefer prepare preserve press prevent prioritize probe process
    profile protect prototype prove provide provision prune publish pull purge push put query question quantify read
    rebuild recognize recommend record redirect reduce refactor refer refine refuse register reject release rely
    remember remove rename reorganize repeat replace replicate report request require reserve reset resist resolve
    respect respond restart restore restrict retain rethink retry return reuse revert review revisit rewrite roll
    rotate route run sample save scale scan schedule scrape search secure seek segment select send separate serve set
    share ship show sign simplify simulate skip sort specify spend split spread stage standardize start stay
    stick stop store streamline strip structure study submit support switch sync synchronize tag take talk target
    teach test think throttle track trade train translate treat triage trigger trim trust try tune turn
    type understand unify update upgrade upload use utilize validate verify version view visit visualize wait walk
    warn watch weigh work wrap write always never don't
    """)

  /// What cannot follow a verb that opens a directive: there it is a noun or the subject.
  static let afterNoun = words(
    """
    is are was were has have had of and or will can could would may might does did do isn't aren't who
    """)

  /// After a verb they point at what was said before.
  static let pointingObjects: WordSet = words(
    "this that these those it them him her one such here there on each both either neither all others too again"
  )

  /// Directives of other languages: the first word gives them away.
  static let foreignDirectives = words(
    """
    verwende verwenden nutze nutzen vermeide vermeiden achte achten prüfe prüfen stelle stellen beginne beginnen teste
    testen wähle wählen setze setzen speichere speichern halte halten utilisez utiliser évitez éviter vérifiez
    vérifier choisissez choisir pensez commencez commencer créez créer ajoutez ajouter testez tester gardez garder
    privilégiez mettez usa use utiliza utilice evita evite comprueba compruebe elige elija empieza empiece crea cree
    añade añada prueba pruebe mantén mantenga asegúrate asegúrese revisa revise utilize verifique escolha comece crie
    adicione teste mantenha garanta revise configure usate utilizza utilizzate evitate verifica verificate scegli
    scegliete inizia iniziate creare aggiungi aggiungete prova provate mantieni controlla gebruik vermijd controleer
    kies begin maak voeg houd zorg stel используйте избегайте проверьте проверяйте выберите выбирайте начните
    создайте добавьте храните следите не помните настройте
    """)

  private static func words(_ text: String) -> WordSet { WordSet(text) }

  private static func phrases(_ text: String) -> PhraseTable {
    PhraseTable(
      text.split(separator: ",").map {
        $0.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ")
      })
  }
}
