/// Endings and lists by which terms are found in languages other than English.
enum PhraseGrammarData {
  /// Endings of adjectives, by language.
  static let adjectives: [String: String] = [
    "fr": """
    ique iques al ale ales aux el elle els elles if ive ifs ives eux euse euses able ible ables ibles aire aires ien \
    ienne iens iennes aise aises oise oises
    """,
    "es": """
    al ales ar ares il iles ico ica icos icas ivo iva ivos ivas oso osa osos osas ble bles ario aria arios arias ano \
    ana anos anas ense enses
    """,
    "pt": """
    al ais ar ares il is ico ica icos icas ivo iva ivos ivas oso osa osos osas vel veis ário ária ários árias ano ana \
    anos anas ense enses
    """,
    "it": """
    ale ali ile ili are ari ico ica ici iche ivo iva ivi ive oso osa osi ose bile bili ario aria arie iano iana iani iane \
    ese esi
    """,
  ]

  /// Adjectives without such an ending.
  static let irregular: [String: String] = [
    "fr": """
    libre libres vert verte verts vertes ouvert ouverte ouverts ouvertes public publics propre propres privé privée \
    privés privées neuf neuve jeune jeunes sûr sûre lourd légère français anglais
    """,
    "es":
      "libre libres verde verdes abierto abierta abiertos abiertas limpio limpia privado privada común joven",
    "pt": "livre livres verde verdes aberto aberta abertos abertas limpo limpa privado privada comum jovem",
    "it":
      "umano umana umani umane libero libera liberi libere verde verdi aperto aperta aperti aperte pulito pulita privato privata comune",
  ]

  /// Numerals, days and months, by language.
  static let numerals: [String: String] = [
    "fr": """
    deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante soixante cent cents mille \
    million millions milliard milliards lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril \
    mai juin juillet août septembre octobre novembre décembre
    """,
    "es": """
    dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta cincuenta cien ciento cientos \
    mil millón millones lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio \
    agosto septiembre octubre noviembre diciembre
    """,
    "pt": """
    dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta quarenta cinquenta cem cento mil milhão \
    milhões segunda feira terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho \
    agosto setembro outubro novembro dezembro
    """,
    "it": """
    due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta cento mille mila \
    duemila tremila quattromila cinquemila diecimila milione milioni miliardo miliardi lunedì martedì mercoledì giovedì \
    venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre \
    dicembre
    """,
    "de": """
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig \
    neunzig montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august \
    september oktober november dezember
    """,
    "nl": """
    twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig veertig vijftig honderd duizend \
    tweeduizend drieduizend vierduizend vijfduizend tienduizend miljoen miljard procent maandag dinsdag woensdag \
    donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober november \
    december
    """,
    "ru": """
    два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто тысяч тысяча тысячи \
    тысячу миллион миллиона миллионов миллиарда миллиардов ночью днём утром вечером плохо хорошо быстро часто редко сильно легко \
    процент процента процентов понедельник вторник среда \
    четверг пятница суббота воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября \
    декабря
    """,
  ]

  /// Endings that Russian verbs have and hardly any noun.
  static let russianVerbs: [String] = [
    "ает", "яет", "ует", "еет", "ёт", "ают", "яют", "уют", "еют", "дят", "тят", "сят", "зят", "одит", "тся",
    "ться",
    "лся", "лась", "лись", "лось", "ил", "ила", "или", "ило", "али", "ала", "ало", "яла", "яли", "ули",
    "ать", "ить", "ять", "уть", "еть",
  ]
}
