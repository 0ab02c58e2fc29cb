/// Which English words cannot stand in a noun phrase, or not at its start or its end; data.
///
/// There is no tagger: lists of the commonest words and a few endings do most of what one would.
enum PhraseLexicon {
  /// Verbs that are hardly ever nouns; their forms break a phrase.
  static let verbs: WordSet = forms(
    """
    propose achieve demonstrate introduce investigate develop improve provide obtain perform evaluate describe consider
    require allow enable reduce compare apply prove generate explore discuss suggest identify determine indicate confirm
    include contain involve become remain lead follow occur exist depend rely seek attempt tend appear seem believe
    think understand begin continue happen tell ask expect hope decide agree refuse announce receive argue admit
    explain create maintain preserve ensure avoid prevent eliminate enhance extend derive establish define assume
    observe conclude summarize illustrate outperform utilize employ adopt address tackle solve resolve enforce specify
    choose select combine integrate incorporate construct build compute calculate estimate predict infer detect
    recognize capture extract exploit leverage optimize minimize maximize accelerate overcome mitigate suffer struggle
    fail succeed affect influence impose cause arise emerge evolve vary differ belong consist comprise constitute
    represent correspond relate associate assign attach attract encourage bring carry catch come deliver demand drive
    eat fall feel fight fill find fly forget get give grow hear hold keep kill know learn leave lend let lie lose make
    mean meet pay put read ride rise say see sell send shall show sing sit sleep speak spend stand steal take teach
    throw wake wear win write accept accuse acknowledge acquire adjust allege appoint approve arrest arrive assess
    assist attend await ban blame borrow celebrate claim collect commit complain complete concern conduct consume
    convince criticize declare defend deny deserve destroy disappear discover earn enjoy enter exceed expand face
    finish focus force gain handle hire ignore imagine impress indicate insist intend join jump lack launch live locate
    mention notice offer operate oppose organize own participate pass perceive persuade prefer prepare pretend proceed
    promise promote protect publish pull pursue push raise reach realize recall recommend recover refer reflect reject
    release remember remind remove repeat replace reply represent reveal save search serve settle share sign spread
    start state stay stop submit survive talk threaten touch transform treat trust turn visit vote wait walk want warn
    wish wonder worry formulate hypothesize aim present examine analyze analyse characterize validate verify yield
    look listen arrive react vanish breathe diverge coincide fluctuate exhibit hinder synthesize amplify modify decode encode propagate cooperate entail classify memorize quantify reconstruct
    generalize interpolate underpin evade facilitate simplify replicate converge remain underlie denote satisfy hold consider convert depict
    sue accompany adhere anticipate assert circumvent coexist comprehend condemn contradict contribute convey cope
    deem deter deteriorate devise diminish dismiss disrupt dissolve dominate elicit emphasize evoke fulfil hesitate
    imply inherit interfere intervene justify neglect obey omit originate outweigh persist possess precede preclude
    prevail prohibit provoke reconcile recur reinforce resemble reside respond retain retrieve revise strive surpass
    sustain tolerate undermine undertake urge violate withdraw
    """)

  /// Gerunds that are as a rule part of a term.
  static let nominalGerunds: WordSet = words(
    """
    learning training testing computing processing engineering programming marketing banking funding housing building
    meeting hearing mining modeling modelling clustering sampling pruning tuning ranking parsing tracking mapping
    matching planning scheduling scaling rendering hosting networking streaming caching logging monitoring encoding
    decoding embedding pricing spending trading manufacturing imaging sensing filtering blending coding editing
    reasoning understanding finding findings setting settings rating ratings warming gaming advertising shopping
    fishing smoothing boosting bagging hashing indexing forecasting fitting bonding coating welding annealing
    sintering scattering doping etching
    """)

  /// Adjectives and the like that say nothing at the start of a term.
  static let emptyOpenings: WordSet = words(
    """
    different various several many new novel existing recent current previous large small good better best important
    significant main major possible available similar same certain particular proposed resulting given entire overall
    simple such great key common typical further additional additionally other further whole full big huge tiny
    high low higher lower highest lowest larger smaller largest smallest greater fewer more most less least long short
    early earlier late later latest old older young first second third fourth last next final initial former latter
    specific general popular interesting useful necessary sufficient appropriate suitable corresponding respective
    considerable substantial remarkable promising challenging difficult hard easy easier possible impossible likely
    unlikely able unable ready sure clear obvious following above below one two three four
    five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half double multiple single individual
    whole total average prior past future present real true extra enough widely-used state-of-the-art so-called
    bigger biggest newer newest faster fastest stronger strongest weaker cheaper cheapest worse worst
    vast massive tremendous enormous severe dramatic decisive inaugural straightforward successful unsuccessful
    satisfactory unsatisfactory indispensable elegant nice wonderful terrible favorite favourite notable striking
    surprising unprecedented exciting impressive unnecessary plausible
    detailed ongoing correct comprehensive interdisciplinary
    brief wide basic central introductory in-depth careful convenient usual principal accurate proper positive
    negative preliminary subsequent conventional
    increased reduced improved related based associated required used using including increasing growing rising
    cent percent
    """)

  /// Of these some make terms: "high school", "large language model".
  static let gradedOpenings: WordSet = words(
    """
    large small great high low higher lower long short early late old young general double multiple single individual
    full real total average hard big future
    """)

  /// Chains of hyphens that say nothing.
  static let emptyChains: WordSet = words(
    """
    state-of-the-art up-to-date out-of-date day-to-day one-and-a-half two-and-a-half well-to-do out-of-the-box
    so-to-speak one-of-a-kind all-in-all
    """)

  /// Words that cannot end a term.
  static let badEndings: WordSet = words(
    """
    neural social political local global national international general special final real digital medical legal
    financial critical typical optimal natural central original additional initial traditional conventional
    computational statistical mathematical theoretical practical empirical experimental logical physical structural
    temporal spatial visual textual formal normal linear nonlinear random deep high low large small big long short fast
    slow good bad great best better recent current previous existing novel simple complex multiple single different
    various similar same important main major key common possible available effective efficient robust accurate
    significant strong weak public private early late old young former free full whole open hard easy clear true wrong
    new first last next non pre multi based related driven aware free oriented adversarial variational convolutional
    recurrent stochastic dynamic static generic specific economic academic scientific automatic semantic syntactic
    realistic strategic domestic historic electronic electric magnetic atomic genetic organic metallic intrinsic
    american british european chinese russian german french japanese indian african western eastern northern southern
    federal presidential environmental annual daily weekly monthly human nuclear molecular cellular hidden latent sparse
    dense convex continuous discrete nested mixed binary partial inverse worth including equivariant invariant isotropic
    """)

  /// Words too general to be a topic alone.
  static let general: WordSet = words(
    """
    approach method result paper problem year people time work number example case part task way model system data
    study set point end area group lot kind type form level order line place question idea reason fact issue change use
    value rate size state term name thing person man woman day week month hour minute world country life hand side
    home house night morning party head water word job move right money story body family member percent company
    government team program service process product performance experiment experiments technique algorithm framework
    information analysis evaluation application property properties parameter structure function user users network
    paper article post blog author section figure table version step today tuesday monday wednesday thursday friday
    saturday sunday january february march april june july august september october november december news report
    official officials spokesman spokeswoman statement image images solution feature features benefit advantage amount
    range rest series test tests effect effects condition conditions difference differences accuracy quality ability
    challenge challenges goal goals need needs support development research researchers input output code language
    etc win loss game event shot role partner step half end side bit hour pair author reader guy kid folk matter sort
    spokesperson century afternoon evening jan feb mar apr jun jul aug sep sept oct nov dec reuters ap afp
    instance default description component variant overlap computation argument
    overview discussion variety array topic look bit detail aspect purpose context manner attempt concept realization
    realisation influence combination factor decade account construction practice literature copy copies utility
    impediment appeal mistake
    second millisecond microsecond nanosecond kilobyte megabyte gigabyte terabyte euro dollar cent degree kilometre
    kilometer metre mile kilogram litre
    """)

  /// Nouns with the endings of adjectives.
  static let nounsLikeAdjectives: WordSet = words(
    """
    logic music metric topic traffic academic clinic plastic public republic mechanic statistic heuristic critic fabric
    magic epic panic ceramic tactic mosaic arithmetic rhetoric comic graphic pandemic epidemic cosmetic antibiotic
    objective perspective native alternative initiative incentive narrative executive detective archive drive derivative
    motive representative collective directive additive signal goal proposal material journal capital hospital animal
    approval trial terminal retrieval removal survival potential criminal festival portal crystal metal arrival manual
    tutorial interval integral differential polynomial rival denial appeal deal meal coal seal renewal withdrawal
    disposal principal official individual professional editorial memorial cathedral chemical mineral canal medal
    scandal arsenal funeral referral refusal portrayal intellectual numeral mammal neutral council oval tribunal
    variable table cable vegetable vulnerable wearable disciple
    """)

  /// After these an English verb in its base form is no noun.
  static let beforeVerbs: WordSet = words(
    "to we they i you who which can could will would should may might must not also cannot don't doesn't didn't let us"
  )

  /// After these comes a verb, whatever the word.
  static let verbSubjects: WordSet = words(
    "we they i you can could will would should may might must cannot don't doesn't didn't won't can't couldn't wouldn't"
  )

  /// After these comes a verb in the third person.
  static let singularSubjects: WordSet = words("it he she who")

  static let relatives: WordSet = words("which that")

  /// What the object of a verb begins with, and hardly ever what follows a noun.
  static let objects: WordSet = words(
    "a an the its their his her our your my each every most many some several it them him us me something anything everything nothing"
  )

  /// What names with "and" in them end with: "Food and Drug Administration", not "France and New Zealand".
  static let institutions: WordSet = words(
    """
    act academy administration agency archive association authority board bureau center centre college commission
    committee corporation council court department directorate division foundation fund group institute institution
    laboratory library ministry museum office organisation organization programme program register school service
    services society trust union university
    """)

  /// After these stands an adjective, or a noun with its article.
  static let leadsToAdjective: WordSet = words(
    "is are was were be been being am isn't aren't wasn't very too so quite rather more most less as seems seem looks"
  )

  /// Whether a word can stand between "will" and its verb.
  static func isAdverb(_ word: String) -> Bool {
    adverbs.contains(word) || word.hasSuffix("ly") && word.utf8.count > 4 && !plainWords.contains(word)
  }

  private static let adverbs: WordSet = words(
    "already also never always often still just not then now soon ever even")

  /// They stand before no plural: a word in -s after them is a verb, or theirs is no article.
  static let singularArticles: WordSet = words("a an this that each every")

  /// Where a verb leads to; after a noun they are rarer.
  static let directions: WordSet = words(
    "from into onto up down out away back off until before after when while if as because since although")

  /// Plurals without an s.
  static let irregularPlurals: WordSet = words("people children men women others")

  /// Whether a word is the third person of a verb by its ending ("simulates", "normalizes", "verifies").
  static func isThirdPerson(_ word: String) -> Bool {
    guard word.utf8.count > 6, !nounsInAtes.contains(word) else { return false }
    return ["izes", "yzes", "ifies", "ates"].contains(where: word.hasSuffix)
  }

  private static let nounsInAtes: WordSet = words(
    """
    estimates templates certificates candidates coordinates aggregates substrates delegates graduates duplicates
    associates advocates predicates syndicates surrogates conglomerates isolates filtrates precipitates carbohydrates
    silicates phosphates nitrates sulfates sulphates carbonates titanates acetates citrates climates chocolates updates
    rebates debates inmates classmates roommates teammates stalemates primates pirates flatmates checkmates
    alternates intermediates affiliates hydrates laminates vertebrates invertebrates magistrates electorates doctorates
    subordinates correlates variates covariates
    """)

  /// Articles and what stands in their place.
  static let articles: WordSet = words(articleList)
  private static let articleList =
    "a an the this that these those its their his her our your my each every no"

  /// Articles and prepositions.
  static let leadsToNoun: WordSet = words(
    articleList + " of in on with for by from between via under over into using without through within across"
  )

  /// What follows a verb and hardly ever a noun.
  static let afterVerbs: WordSet = words(
    articleList + " it them him us me you itself themselves how what whether largely only not like")

  /// English words that give an English sentence away in a text of another language.
  static let englishGrammar: WordSet = words(
    "the of and is are was that this from with for you by which these been will has have not can be it its their"
  )

  /// They stand in small letters inside names.
  static let particles: WordSet = words("von van de der den di del la le al el bin ibn ul do da dos")

  static let latin: WordSet = words("vivo vitro situ silico")

  static let days: WordSet = words("monday tuesday wednesday thursday friday saturday sunday")

  /// They stand before the name of somebody and are no part of it.
  static let offices: WordSet = words(
    """
    mr mrs ms dr prof professor president vice-president chancellor minister premier secretary senator sen rep
    representative congressman congresswoman governor gov mayor ambassador chairman chairwoman chair ceo cfo cto coo
    founder co-founder director analyst lt lieutenant col colonel sgt sergeant cmdr commander cpl maj detective
    inspector spokesman spokeswoman spokesperson rev reverend sir
    """)

  /// Whether a word may be a verb in its base form or its third person.
  static func isVerbToo(_ word: String) -> Bool {
    if SectionData.directiveOpenings.contains(word) || moreVerbs.contains(word) { return true }
    guard word.hasSuffix("s") else { return false }
    let base = String(word.dropLast())
    return SectionData.directiveOpenings.contains(base) || moreVerbs.contains(base)
  }

  private static let moreVerbs: WordSet = words(
    """
    beat play look make work cost hit run rank top host win help pose face need scale render purchase strengthen weaken
    broaden deepen widen duplicate reengineer produce forecast decline
    """)

  private static let plainVerbs: WordSet = words(
    "raise breathe invest offer add keep increase decrease trigger withstand")

  /// Whether a word says too little to be a topic alone.
  static func isGeneral(_ word: String) -> Bool {
    if moreVerbs.contains(word) || plainVerbs.contains(word) { return true }
    return general.contains(word) || word.hasSuffix("s") && general.contains(String(word.dropLast()))
  }

  /// Words in -ly and -ed that are no adverbs and no participles.
  static let plainWords: WordSet = words(
    """
    family supply assembly anomaly reply fly ally poly monopoly july italy rally belly jelly bully homepoly daily
    need seed speed feed weed breed bed red shed hundred embed reed bleed deed greed sled wed med fed
    """)

  private static func words(_ text: String) -> WordSet { WordSet(text) }

  private static func list(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
  }

  private static let nounsToo: [String] = list(
    """
    state force demand cause face drive building buildings meeting meetings learning finding findings understanding
    lead claim claims offer offers share shares start state states vote votes visit touch turn walk win hope
    influence concern concerns focus release search launch lack promise raise reach trust talk talks treat search sign
    signs save estimate estimates address present ban exploit spread stop stand fall rise pay fight capture project
    """)

  private static func forms(_ text: String) -> WordSet {
    var all = Set<String>()
    for word in list(text) {
      let stem = word.hasSuffix("e") ? String(word.dropLast()) : word
      all.formUnion([word, word + "s", stem + "ed", stem + "ing"])
      if word.hasSuffix("y") {
        all.formUnion([String(word.dropLast()) + "ies", String(word.dropLast()) + "ied"])
      }
      if ["s", "h", "x"].contains(where: word.hasSuffix) { all.insert(word + "es") }
      if let last = word.last { all.formUnion([word + String(last) + "ing", word + String(last) + "ed"]) }
    }
    all.formUnion(
      list(
        """
        found gave given took taken brought kept begun began told sent bought sold lost won knew known became fell felt
        fought flew forgot got grew grown heard held led left lent lay lost made meant met paid rode rose sang sat slept
        spoke spoken spent stood stole taught threw thrown woke wore worn wrote written built chose chosen drove driven
        ate eaten understood shown proven came saw seen said thought ran run broke broken hit shut struck sought laid
        paired hid added called caught withhold withheld upheld underwent undergone undertook overtook overcame foresaw
        fits swore drew dug bound clung crept dealt fled flung spun stuck swung wound bore tore
        """))
    return WordSet(all.subtracting(nounsToo))
  }
}
