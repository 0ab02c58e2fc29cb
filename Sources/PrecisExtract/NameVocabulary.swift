extension NameHints {
  /// Words of class names and ids, and pairs of words written together, by what they hint at.
  static let vocabulary: [(NameHints, String)] = [
    (
      .boilerplate,
      """
      share sharing sharebar sharebox sharetools sharebuttons sharelinks sharedaddy shares addthis addtoany social
      socialshare socials sociallinks socialmedia socialbar socialicons socialbuttons followus follow followers
      newsletter newsletters newsletterpromo newslettersignup signup subscribe subscription optin mailchimp mailinglist
      ad ads adv advert adverts advertisement advertisements advertising adslot adunit adbox adwrapper adcontainer
      adsense dfp banner banners sponsor sponsored sponsors sponsorship promo promos promotion promobox promotional
      outbrain taboola zergnet revcontent breadcrumb breadcrumbs crumbs navbar navigation navmenu nav sitenav
      pagination pager paging pagenav wppagenavi postnavigation postnav navlinks menu submenu megamenu topbar toolbar
      skiplink skip tooltip sitefooter sitemap
      toast snackbar cta calltoaction callout print printonly noprint
      donate donation donations membership appdownload feedback rating ratings rate vote voting poll survey
      widget widgets sidebar sidebars rightrail leftrail rightcolumn rail weather stockticker ticker tickers
      login signin register account search searchform searchbox copyright legal disclaimer colophon masthead
      toc tableofcontents backtotop scrolltop jump affiliate shop shopping coupon coupons
      commentcount commentscount sharecount viewcount entrymeta postmeta articlemeta postfooter entryfooter
      articlefooter mailto email reprints reprint correction corrections tooltips
      """
    ),
    (
      .related,
      """
      related relatedposts relatedarticles relatedcontent relatedlinks relatedstories relatednews relatedtopics
      recommended recommendation recommendations recommend recirc recirculation readmore readnext readalso seealso
      morefrom morestories morenews moreon morearticles youmaylike youmightlike upnext nextup trending popular
      mostpopular mostread latest latestnews latestposts latestarticles recent recentposts recentnews
      teaser teasers promolist headlines newslist
      linkbox linklist otherstories alsoread alsolike interlinks keepreading
      """
    ),
    (
      .comments,
      """
      comment comments commentlist commentbox commentform commentsection commentarea disqus respond replies discussion
      livefyre fbcomments viafoura coral responses usercomments
      """
    ),
    (
      .body,
      """
      articlebody articlecontent articletext articlebodytext articlebodycontent postbody postcontent posttext
      entrycontent entrybody entrytext storybody storycontent storytext bodycopy bodytext bodycontent contentbody
      maintext maincontent pagecontent textcontent newsbody newstext newscontent articlecopy articlebodycopy
      blogcontent blogpostcontent blogbody richtext wysiwyg prose mwparseroutput theme markdownbody contenttext
      storybodytext fulltext singlecontent postsinglecontent articlestory detailcontent newsdetail
      """
    ),
    (
      .article,
      "article post entry story blogpost hentry hnews single content text body main page column news blog"
    ),
    (
      .hidden,
      "hidden hide invisible displaynone visuallyhidden sronly screenreader screenreadertext dnone offscreen"
    ),
    (
      .byline,
      """
      byline bylines author authors authorbio authorbox authorinfo bio aboutauthor dateline timestamp pubdate
      postdate publishdate published updated posted postedon posteddate datetime tags taglist tagcloud posttags
      entrytags articletags keywords topics categories catlinks kicker eyebrow readingtime readtime
      contributors credits
      """
    ),
    (
      .paywall,
      """
      paywall paywalled regwall meteredwall piano subscriberonly subscribersonly premiumcontent premiumwall
      paidcontent lockedcontent gateway snippetpromotion
      """
    ),
    (
      .consent,
      """
      popup modal lightbox overlay interstitial notificationbar cookie cookies cookiebar cookiebanner cookienotice cookieconsent consent gdpr ccpa
      onetrust cmp
      """
    ),
    (
      .caption,
      "caption captions imgcaption imagecaption photocaption wpcaptiontext credit photocredit imagecredit"
    ),
    (
      .doubtful,
      """
      header footer top bottom extra extras secondary meta info tool tools aside complementary supplement
      supplemental sub utility actions action controls button buttons btn links link list module block promo
      """
    ),
    (
      .media,
      """
      gallery slideshow carousel slider video videos player videoplayer jwplayer brightcove embed audio podcast
      tweet twitter instagram facebook youtube playlist slides
      """
    ),
  ]
}
