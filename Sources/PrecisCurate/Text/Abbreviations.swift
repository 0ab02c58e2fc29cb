/// Words that are written with a point which ends no sentence; data, in lower case without the last point.
enum Abbreviations {
  /// What follows belongs to them: titles, references, "for example".
  static let leading = set(
    """
    mr mrs ms dr prof rev hon gen col capt lt sgt maj sen rep gov pres supt st mt ft sr jr messrs mme mlle hr fr
    e.g i.e eg ie cf viz vs al fig figs eq eqs eqn eqns sec sect secs ch chap no nos vol vols pp p pg ed eds trans
    ref refs tab app alg thm def prop cor lem resp approx ca circa est dept univ assn bros inc.v min max avg var
    z.b d.h u.a o.ä bzw bspw ggf evtl sog vgl zzgl inkl exkl lt nr abs art abb kap bd hrsg tel str dipl ing u.u
    m.e i.d.r v.a z.t s.o s.u mio mrd tsd jh chr geb gest usf
    m mm mgr me p.ex ex c.-à-d env av apr j.-c
    sra srta d dª dña ud uds vd pág págs núm art aprox p.ej ej ee.uu
    sr sra dr dra prof profa exmo pág p.ex av aprox ltda
    sig sig.ra dott dott.ssa avv ing arch pag pagg ecc.es n es ad.es
    dhr mevr mw dhr drs ir blz bijv nl m.b.t t.a.v o.a d.w.z i.v.m m.n t.o.v e.a
    г гг в вв т.е т.к т.н т.д.см см рис табл гл стр ул им проф акад др н.э руб коп млн млрд тыс
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    """)

  /// They end a sentence where what follows begins like one.
  static let trailing = set(
    """
    etc inc ltd co corp llc plc gmbh ag kg s.a a.m p.m u.s u.k u.n e.u u.s.a d.c l.a n.y ph.d m.d b.a m.a b.sc m.sc
    usw etc uvm u.ä ff bzgl ecc et al enz e.d т.д т.п др jr sr esq ave blvd rd hrs hr min sec ft lb lbs oz kg km cm mm
    """)

  private static func set(_ words: String) -> WordSet { WordSet(words) }
}
