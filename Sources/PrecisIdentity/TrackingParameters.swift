/// Query parameters that say how a reader came to a page and nothing of the page: a table, not code.
///
/// A name stands here only where it is known to be added by mailers, advertisers, social networks or servers'
/// session handling. Names that some sites use for content (`id`, `p`, `ref`, `source`, `page`, `cid`) do
/// not, or only together with a value.
enum TrackingParameters {
  /// Names, lower-case.
  static let names: Set<String> = [
    // Advertising clicks
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",
    "ttclid",
    "li_fat_id", "epik", "srsltid", "rb_clickid", "wickedid", "irclickid", "s_kwcid", "ef_id", "rtid",
    "vmcid",
    "_openstat", "gad_source", "gad_campaignid",
    // Mail and marketing suites
    "mc_cid", "mc_eid", "mc_tc", "mkt_tok", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking",
    "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "ml_subscriber", "ml_subscriber_hash", "dm_i", "_ke",
    "_kx", "bsft_clkid", "bsft_eid", "bsft_mid", "bsft_uid", "__s", "emc", "elqtrack", "elqtrackid", "elq",
    "elqaid", "elqat", "elqcampaignid", "sfmc_sub", "sfmc_id", "sfmc_activityid", "trk_contact", "trk_msg",
    "trk_module", "trk_sid", "mibextid",
    // Analytics
    "_ga", "_gl", "_gac", "xtor", "ncid", "cmpid", "wt.mc_id", "wt.mc_ev", "wt.rss_a", "wt.rss_f",
    "wt.rss_ev",
    "wt.z_author", "ns_mchannel", "ns_campaign", "ns_source", "ns_linkname", "ns_fee", "at_medium",
    "at_campaign", "at_campaign_type", "at_bbc_team", "at_link_id", "at_link_type", "at_link_origin",
    "at_format", "at_ptr_name", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "mbid", "guccounter",
    "guce_referrer", "guce_referrer_sig", "soc_src", "soc_trk", "smid", "smtyp", "sr_share", "spref", "cvid",
    "_branch_match_id", "_branch_referrer", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "trkcampaign", "trkinfo",
    // Social networks
    "igshid", "igsh", "ref_src", "ref_url", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref",
    "__twitter_impression", "__cft__[0]", "__tn__", "share_source_type", "feature_shared",
    // Sessions
    "phpsessid", "jsessionid", "aspsessionid",
  ]

  /// Beginnings of names, lower-case.
  static let prefixes = [
    "utm_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "itm_", "stm_", "cm_mmc", "aspsessionid",
  ]

  /// Names that are tracking only with values that begin so; both lower-case.
  static let valued: [String: [String]] = [
    "source": ["rss"],
    "ref": ["rss", "feed"],
    "from": ["rss", "feed"],
    "partner": ["rss"],
    "feature": ["youtu.be", "share", "emb_"],
    "output": ["amp"],
    "outputtype": ["amp"],
    "cmp": ["share", "rss", "twt", "fb_", "soc_", "emp-"],
  ]

  /// Whether a parameter (`name=value`, as it stands in the query) says nothing of the page.
  static func contains(_ parameter: ArraySlice<UInt8>) -> Bool {
    let parts = parameter.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return true }
    let name = lowercase(first)
    if names.contains(name) || prefixes.contains(where: { name.hasPrefix($0) }) { return true }
    guard parts.count == 2, let values = valued[name] else { return false }
    let value = lowercase(parts[1])
    return values.contains { value.hasPrefix($0) }
  }

  /// ASCII letters in lower case, `%5B` and `%5D` decoded, at most 64 bytes: enough to find a name.
  private static func lowercase(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var at = bytes.startIndex
    while at < bytes.endIndex, out.count < 64 {
      let byte = bytes[at]
      if byte == 0x25, at + 2 < bytes.endIndex,
        let decoded = PercentEncoding.byte(bytes[at + 1], bytes[at + 2]),
        decoded < 0x80
      {
        out.append(decoded)
        at += 3
        continue
      }
      out.append(0x41...0x5A ~= byte ? byte | 0x20 : byte)
      at += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}
