/// The words of dates: months of some twenty languages, zones, halves of the day.
enum DateNames {
  /// The number of a month by name or abbreviation, in lower case.
  ///
  /// Names that are another month in another of these languages are left out.
  static let months: [String: Int] = {
    var months: [String: Int] = [:]
    for (number, names) in monthNames {
      for name in names.split(separator: " ") { months[String(name)] = number }
    }
    return months
  }()

  /// Minutes east of UTC.
  ///
  /// RFC 822 section 5, its military letters as it prints them, and names in use that mean one zone only: not
  /// IST, for one, which is Indian, Irish and Israeli.
  static let zones: [String: Int] = [
    "a": -60, "acdt": 630, "acst": 570, "adt": -180, "aedt": 660, "aest": 600, "akdt": -480, "akst": -540,
    "art": -180, "ast": -240, "at": -240, "awst": 480, "brst": -120, "brt": -180, "bst": 60, "cdt": -300,
    "cest": 120, "cet": 60, "clst": -180, "clt": -240, "cot": -300, "cst": -360, "ct": -360, "edt": -240,
    "eest": 180, "eet": 120, "est": -300, "et": -300, "gmt": 0, "gst": 240, "hast": -600, "hkt": 480,
    "hst": -600, "ict": 420, "irst": 210, "jst": 540, "kst": 540, "m": -720, "mdt": -360, "mest": 120,
    "mesz": 120, "met": 60, "mez": 60, "msd": 240, "msk": 180, "mst": -420, "mt": -420, "myt": 480, "n": 60,
    "ndt": -150, "npt": 345, "nst": -210, "nzdt": 780, "nzst": 720, "pdt": -420, "pet": -300, "pht": 480,
    "pkt": 300, "pst": -480, "pt": -480, "sast": 120, "sgt": 480, "trt": 180, "uct": 0, "ut": 0, "utc": 0,
    "west": 60, "wet": 0, "wib": 420, "y": 720, "z": 0, "zulu": 0,
  ]

  /// Whether it is the afternoon.
  static let halves: [String: Bool] = [
    "am": false, "pm": true, "오전": false, "오후": true, "上午": false, "下午": true, "午前": false, "午後": true,
  ]

  private static let monthNames: [(Int, String)] = [
    (
      1,
      """
      ene enero gen gener gennaio ian ianuarie jan janeiro januar januari january január janv \
      janvier jän jänner led leden ledna oca ocak sty styczeń stycznia tammi tammikuu \
      tammikuuta ιαν ιανουάριος ιανουαρίου січ січня янв январь января яну януари
      """
    ),
    (
      2,
      """
      feb febbraio feber febr febrer febrero februar februari februarie february február \
      februári fev fevereiro fevr fevrier févr février helmi helmikuu helmikuuta lut lutego \
      luty úno únor února şub şubat φεβ φεβρουάριος φεβρουαρίου лют лютого фев февр февраль \
      февраля февруари
      """
    ),
    (
      3,
      """
      bře březen března maalis maaliskuu maaliskuuta maart maerz mar marca march marco maret \
      mars mart martie marts marzec marzo març março mrt mrz márc március mär märz μάρ μάρτιος \
      μάώ μαρ μαρτίου μαώ бер березня мар март марта
      """
    ),
    (
      4,
      """
      abr abril apr april aprile aprilie avr avril dub duben dubna huhti huhtikuu huhtikuuta \
      kwi kwiecień kwietnia nis nisan ápr április απρ απρίλιος απριλίου апр апрель апреля кві \
      квітня
      """
    ),
    (
      5,
      """
      kvě květen května mag maggio mai maig maio maj maja may mayo mayıs mei máj május touko \
      toukokuu toukokuuta μάι μάιος μαΐου μαι μαϊ май мая тра травня
      """
    ),
    (
      6,
      """
      cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun june junho juni junio \
      juny jún június kesä kesäkuu kesäkuuta červen června čvn ιον ιουν ιουνίου ιούν ιούνιος \
      июн июнь июня чер червня юни
      """
    ),
    (
      7,
      """
      heinä heinäkuu heinäkuuta iul iulie juil juillet jul julho juli julio juliol july júl \
      július lip lipca lipiec lug luglio tem temmuz července červenec čvc ιολ ιουλ ιουλίου \
      ιούλ ιούλιος июл июль июля лип липня юли
      """
    ),
    (
      8,
      """
      ag ago agost agosto agu agustus aout aoû août aug august augusti augustus augusztus ağu \
      ağustos elo elokuu elokuuta sie sierpień sierpnia srp srpen srpna αυγ αυγούστου αύγ \
      αύγουστος авг август августа сер серпня
      """
    ),
    (
      9,
      """
      eyl eylül sep sept september septembre septembrie septiembre set setembre setembro \
      setiembre settembre syys syyskuu syyskuuta szep szept szeptember wrz wrzesień września \
      zář září σεπ σεπτέμβριος σεπτεμβρίου вер вересня сен сент сентябрь сентября септ \
      септември
      """
    ),
    (
      10,
      """
      eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktober \
      október ott ottobre out outubro paź październik października říj říjen října οκτ \
      οκτωβρίου οκτώβριος жов жовтня окт октомври октябрь октября
      """
    ),
    (
      11,
      """
      kas kasım lis listopad listopada listopadu marras marraskuu marraskuuta noi noiembrie \
      nov november novembre novembro noviembre νοέ νοέμβριος νοε νοεμβρίου лис листопада ное \
      ноември ноя нояб ноябрь ноября
      """
    ),
    (
      12,
      """
      ara aralık dec december decembre decembrie des desember desembre dez dezember dezembro \
      dic dicembre diciembre déc décembre gru grudnia grudzień joulu joulukuu joulukuuta pro \
      prosince prosinec δεκ δεκέμβριος δεκεμβρίου гру грудня дек декабрь декабря декември
      """
    ),
  ]
}
