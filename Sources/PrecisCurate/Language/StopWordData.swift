/// Words that carry no meaning of their own, by language; data, parted by white space.
enum StopWordData {
  /// In the order in which one is preferred at equal evidence.
  static let byLanguage: [(code: String, words: String)] = [
    ("en", english), ("de", german), ("fr", french), ("es", spanish), ("pt", portuguese), ("it", italian),
    ("nl", dutch), ("ru", russian), ("zh", chinese), ("ja", japanese),
  ]

  static let english = """
    a about above across after afterwards again against all almost alone along already also although always
    am among amongst an and another any anybody anyhow anyone anything anyway anywhere are aren't around as
    at away back be became because become becomes becoming been before beforehand behind being below beneath beside
    besides between beyond both but by can can't cannot come could couldn't d did didn't do does doesn't
    doing don't done down due during e.g each eg either else elsewhere enough especially etc even ever every
    everybody everyone everything everywhere except few for former formerly from further furthermore gave
    get gets getting give given gives go goes going gone got had hadn't has hasn't have haven't having he
    hence her here hereafter hereby herein hers herself him himself his how however i i.e i'd i'll i'm i've
    ie if in indeed inside instead into is isn't it it'd it'll it's its itself just keep kept last latter
    least less let let's like likely ll made mainly make makes making many may maybe me meanwhile might mine
    more moreover most mostly much must mustn't my myself namely near nearly neither never nevertheless next
    no nobody none nonetheless nor not nothing now nowhere of off often on once one ones only onto or other
    others otherwise ought our ours ourselves out outside over overall own particularly per perhaps please
    put quite rather re really regarding s said same saw say saying says second see seem seemed seeming
    seems seen self several shall she should shouldn't simply since so some somebody somehow someone
    something sometimes somewhat somewhere soon still such t take taken taking than that that's thats the
    their theirs them themselves then thence there there's thereby therefore therein these they they'd
    they'll they're they've thing things third this those though three through throughout thus to together
    too took toward towards tried tries try trying two under unless until unto up upon us use used uses
    using usually various ve very via vs want wants was wasn't way ways we we'd we'll we're we've well went
    were weren't what what's whatever when whence whenever where whereas whereby wherein whether which while
    who whoever whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll
    you're you've your yours yourself yourselves zero able actually different lot lots mr mrs ms new simple
    whichever today yesterday tomorrow amid despite whilst like unlike plus versus vs
    """

  static let german = """
    aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus
    außer bei beide beiden beim bereits bin bis bisher bist da dabei dadurch dafür dagegen daher damit
    danach daneben dann daran darauf daraus darf darin darüber darum darunter das dass daß dasselbe davon
    davor dazu dein deine dem den denen denn dennoch der deren derselbe des deshalb dessen dich die dies
    diese diesem diesen dieser dieses dir doch dort du durch dürfen ebenfalls eben ein eine einem einen
    einer eines einige einigen einiger einmal er erst erste ersten es etwa etwas euch euer eure falls fast
    für gab ganz gar geben gegen gegenüber gehen geht gerade gern gibt ging hab habe haben hat hatte hatten
    hätte hätten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem
    ins insbesondere ist ja jede jedem jeden jeder jedes jedoch jemand jene jetzt kann kannst kein keine
    keinem keinen keiner können könnte könnten lassen laut machen macht man manche mehr mein meine meinem
    meinen meiner meist mich mir mit möchte muss müssen musste mußte nach nachdem neben nein nicht nichts
    noch nun nur ob oben oder oft ohne schon sehr sei sein seine seinem seinen seiner seines seit selbst
    sich sie sind so sogar solche solchen soll sollen sollte sollten sondern sonst soweit sowie sowohl statt
    über überhaupt um und uns unser unsere unseren unserer unter viel viele vielen vom von vor wann war
    waren warum was weg wegen weil weiter weitere weiteren welche welchem welchen welcher welches wenig wenn
    wer werde werden wie wieder will wir wird wirklich wo wobei wohl wollen worden wurde wurden würde würden
    zu zum zur zusammen zwar zwei zwischen ab allerdings derzeit einfach etc ggf heute neue neuen neuer rund
    sagt sagte usw vgl bzw
    """

  static let french = """
    a à afin ai ainsi ait alors après as au aucun aucune aujourd'hui auquel aussi autre autres aux avaient
    avais avait avant avec avez avoir avons ayant beaucoup bien c ça car ce ceci cela celle celles celui
    cependant certain certaine certaines certains ces cet cette ceux chaque chez ci comme comment contre d
    dans de déjà depuis dernier dernière des dès desquels deux devait devant doit doivent donc dont du
    durant elle elles en encore enfin ensuite entre est et étaient était étant été être eu eux faire fait
    faut fois font fut hors ici il ils j jamais je jusqu jusque l la là laquelle le lequel les lesquelles
    lesquels leur leurs lors lorsqu lorsque lui m ma mais malgré me même mêmes mes mettre mieux mis moi
    moins mon n ne ni non nos notamment notre nous nouveau nouvelle nouvelles on ont or ou où par parce
    parfois parmi pas pendant personne peu peut peuvent plus plusieurs plutôt pour pourquoi pouvait premier
    première près presque puis qu quand que quel quelle quelles quelqu quelque quelques quels qui quoi rien
    s sa sans sauf se selon sera serait ses seulement si sien soi soient soit son sont sous souvent suis
    suite sur t ta tandis tant te tel telle tels tes toi ton toujours tous tout toute toutefois toutes très
    trop trois tu un une va vers voici voilà vos votre vous vraiment y
    """

  static let spanish = """
    a al algo algún alguna algunas alguno algunos allí ambos ante anterior antes apenas aquel aquella
    aquellas aquello aquellos aquí así aún aunque bajo bien cada casi como cómo con contra cosa cosas cual
    cuál cuales cualquier cuando cuándo cuanto cuya cuyo da dado de debe deben debido decir del demás dentro
    desde después dice dicho dijo donde dónde dos durante e el él ella ellas ello ellos embargo en entonces
    entre era eran es esa esas ese eso esos está esta estaba estaban estamos están estar estas este esto
    estos estoy fue fueron gran ha haber había habían hace hacer hacia hacía han has hasta hay he hemos hizo
    hoy incluso intento ir la las le les lo los luego más mayor me mediante mejor menos mi mientras mis
    mismo misma mismos mucho mucha muchas muchos muy nada ni ningún ninguna no nos nosotros nuestra nuestras
    nuestro nuestros nueva nuevas nuevo nuevos nunca o os otra otras otro otros para parece parte pero poco
    podemos poder podría por porque posible primer primera primero puede pueden pues que qué quien quién
    quienes quiere realizar se sea sean según ser será si sí sido siempre siendo sin sino sobre sólo solo
    somos son su sus suyo tal también tampoco tan tanto te tener tenía tiene tienen toda todas todavía todo
    todos tras tres tu tú tus tuvo última último últimos un una unas uno unos usted ustedes va vamos van
    varias varios veces ver vez y ya yo
    """

  static let portuguese = """
    a à agora ainda alguém algum alguma algumas alguns ali além ambos antes ao aos apenas após aquela
    aquelas aquele aqueles aquilo as às assim até através bem cada com como contra contudo cujo da daquele
    das de dela delas dele deles depois desde dessa desse desta deste deve devem dever disse dito diz do dos
    duas durante e é ela elas ele eles em embora enquanto então entre era eram essa essas esse esses esta
    está estão estar estas estava estavam este estes estou eu faz fazer foi for foram fosse grande há isso
    isto já la lá lhe lhes lo logo mais mas me mediante meio menos mesma mesmas mesmo mesmos meu meus minha
    minhas muita muitas muito muitos na nada não nas nem nenhum nenhuma nessa nesse nesta neste ninguém no
    nos nós nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro outros para parte pela
    pelas pelo pelos perante pode podem poder podia pois por porém porque portanto pouco pouca primeiro
    primeira própria próprio quais qual quando quanto quase que quê quem quer são se seja sejam sem sempre
    sendo ser será seu seus si sido só sob sobre sua suas tal também tampouco tanto tão te tem têm tendo
    tenha ter teu teve tinha tinham toda todas todavia todo todos três tu tua tudo um uma umas uns vai vão
    você vocês vez vezes vos
    """

  static let italian = """
    a abbia abbiamo ad adesso agli ai al alcuna alcune alcuni alla alle allo allora altra altre altri altro
    anche ancora anno anni aveva avevano avere avuto basta bene c ce che chi ci ciascuno ciò cioè coi col
    come con contro così cosa cui d da dagli dai dal dalla dalle dallo davanti degli dei del della delle
    dello dentro deve devono di dice dietro dopo dove due dunque durante e è ecco ed era erano essere essi
    esso fa fare fatto fino fra fu già gli ha hai hanno ho i il in infatti infine inoltre insieme invece io
    l la là le lei li lo loro lui lungo ma mai me meglio meno mentre mi mia mie mio modo molta molte molti
    molto ne né negli nei nel nell nella nelle nello nessuna nessuno niente no noi non nostra nostri nostro
    nulla nuova nuovo nuovi o od oggi ogni ognuno oltre oppure ora per perché perciò però piuttosto più poca
    pochi poco poi poiché possono prima primo propria proprio può pure qualche quale quali qualcosa quando
    quanta quanti quanto quasi quella quelle quelli quello questa queste questi questo qui quindi sarà
    sarebbe se sé sebbene secondo sei sempre senza si sia siamo siano sono sopra sotto sta stata stati stato
    stesso stessa su sua sue sugli sui sul sulla sulle suo suoi tale tali tanto te tra tre tu tutta tutte
    tutti tutto un una uno va vari verso vi via viene voi volta
    """

  static let dutch = """
    aan aangezien achter af al alle alleen alles als altijd ander andere anderen ben bij bijna binnen boven
    daar daarbij daardoor daarna daarom daarvoor dan dat de deze die dit doch doen doet door dus echter een
    één eens elk elke en enige enkele er erg eerst eerste ge geen gehad geweest gewoon haar had hadden heb
    hebben hebt heeft heel hem hen het hier hij hoe hun iedere iedereen iemand iets ik in is ja je jij jou
    jouw kan kon konden kunnen kunt laat maar maken me mede meer meest men met mij mijn misschien moest moet
    moeten mogen na naar naast nadat niet niets nieuw nieuwe nog nooit nu of om omdat onder ons onze ook op
    opnieuw over per reeds samen sinds slechts soms steeds te tegen tegenover ten ter terwijl tijdens toch
    toen tot tussen twee u uit uw vaak van vanaf veel vele verder via volgens voor vooral voordat waar
    waarbij waardoor waarin waarom wanneer want waren was wat we wel weer welke werd werden wie wij wil
    willen word worden wordt zal ze zeer zei zelf zich zij zijn zo zoals zonder zou zouden zowel
    """

  static let russian = """
    а без более больше будет будто будут бы был была были было быть в вам вас ведь весь во вот впрочем все
    всегда всего всех всю всё вы где говорит да даже два для до должен должна должны другая другие другим
    других другой его ее ей ему если есть еще ещё её же за зачем здесь и из или им именно иногда их к каждый
    как какая какие какой когда которая которого которое которой котором которую которые который которых кто
    куда ли либо лишь лучше между меня мне много может можно мой моя мы на над надо наконец нам нас наш не
    него нее ней некоторые нельзя несколько нет ни нибудь никогда ним них ничего но ну о об один однако он
    она они оно от очень перед по под пока после потом потому почему почти при про просто пусть раз разве с
    сам само самый свой своего своей свои своих себе себя сегодня сейчас со совсем так также такие такой там
    те тебя тем теперь то тогда того тоже только том тот три тут ты у уже хотя хоть чего чей чем через что
    чтоб чтобы чуть эта эти этим этих это этого этой этом этот эту я является являются свою новый новая
    новые
    """

  /// Pairs of kana that carry grammar, and single ones that make a pair grammar at its edge.
  static let japanese = """
    です ます した して する され れる れた てい いる いた ある あり なる なっ なり こと もの ため よう から まで より
    には では とは にも でも とも だけ など また その この あの どの それ これ あれ ここ そこ どこ しか かし ない なく
    って った たち たり まし ませ せん でし しま ので のに のは のが のを とい いう という に対 対し につ つい いて によ
    よっ よる よれ ると れば おり おけ ける さん させ せる られ
    """

  /// Pairs of Han that carry grammar.
  static let chinese = """
    我们 你们 他们 她们 它们 这个 那个 这些 那些 这样 那样 一个 一些 一种 没有 可以 可能 因为 所以 但是 如果 虽然 而且
    或者 以及 就是 还是 不是 也是 都是 已经 这种 什么 怎么 为了 由于 对于 关于 其中 之间 之后 之前 然后 同时 进行 通过
    使用 需要 能够 应该 不会 也不 他的 我的 你的 它的 们的 自己 時候 时候 目前 今天 一直 非常 更多 很多 许多 我們 這個
    這些 沒有 因為 但是 雖然 這樣 就會 還有 可以
    """
}
