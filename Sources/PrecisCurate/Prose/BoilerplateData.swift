/// Phrases that betray what is not the article: sponsors, prompts, share rows, credits; data, by kind.
///
/// Lower case, parted by commas, several languages together.
enum BoilerplateData {
  /// They betray an advertisement: the whole paragraph goes with the sentence.
  static let sponsor = """
    sponsored by, sponsored content, sponsored post, our sponsor, our sponsors, today's sponsor,
    this week's sponsor, brought to you by, thanks to our sponsor, message from our sponsor,
    from our sponsors, a word from our, promo code, discount code, coupon code, affiliate links,
    affiliate link, affiliate commission, may receive a commission, receive a commission, earns a commission,
    earn a commission, we may earn a commission, may earn a commission,
    paid partnership, sponsor this, become a sponsor, sponsor us, in partnership with our sponsor,
    free trial today, visit our sponsor, off your first, start your free trial, sponsor of this,
    sponsor of the week, presented by our, gesponsert von, unterstützt von unserem sponsor, werbepartner,
    rabattcode, affiliate-links, sponsorisé par, en partenariat avec notre, code promo, patrocinado por,
    código promocional, código de descuento, enlaces de afiliados, código de desconto, sponsorizzato da,
    codice sconto, link di affiliazione, gesponsord door, kortingscode, affiliatelinks, промокод,
    спонсор выпуска, при поддержке спонсора, 本期赞助, 赞助商, スポンサー, 提供でお送り, プロモーションコード,
    this episode is supported by, this episode is sponsored, this podcast is supported by,
    this newsletter is supported by
    """

  /// They betray a prompt, a share row or a notice wherever they stand.
  static let anywhere = """
    subscribe to our, subscribe to my, subscribe to the newsletter, subscribe to this, subscribe now,
    subscribe today, subscribe for free, subscribe below, subscribe here, please subscribe, to subscribe,
    sign up for our, sign up for my, sign up for the newsletter, sign up to our, sign up to receive,
    sign up for free, join our newsletter, join my newsletter, our newsletter, my newsletter,
    this newsletter, free newsletter, weekly newsletter, daily newsletter, in your inbox, to your inbox,
    straight to your inbox, become a member, become a paid, paid subscriber, paid subscribers,
    paying subscriber, free and paid subscribers, become a patron, support me on, support us on patreon,
    on patreon, buy me a coffee, ko-fi, follow us on, follow me on, follow us at, find us on,
    find me on twitter, find me on mastodon, like us on, connect with us, connect with me on,
    share this post, share this article, share this story, share this on, share on facebook,
    share on twitter, share on linkedin, share on x, tweet this, share via, share with a friend,
    forward this email, refer a friend, leave a comment, leave a review, leave a reply, leave us a review,
    rate and review, post a comment, add a comment, join the discussion, join the conversation,
    let me know in the comments, let us know in the comments, in the comments below,
    comments section below, comment below, discuss on hacker news, discuss this post, if you enjoyed this,
    if you liked this, if you like this, if you found this, thanks for reading, thank you for reading,
    thanks for listening, thank you for listening, thanks for watching, enjoyed this article,
    liked this post, hit the like button, smash that like, like and subscribe, hit the bell, hit subscribe,
    this episode of, in this episode, on this episode, today's episode, this week's episode,
    listen to this episode, listen to the episode, listen to the full, listen on apple, listen on spotify,
    apple podcasts, google podcasts, spotify podcasts, wherever you get your podcasts, wherever you listen,
    available on spotify, podcast feed, our podcast, show notes, full transcript, transcript below,
    download this episode, edited by our producer, theme music, music by, we use cookies, uses cookies,
    use of cookies, accept cookies, accept all cookies, cookie policy, cookie settings, cookie preferences,
    manage cookies, cookie consent, privacy policy, terms of service, terms of use, terms and conditions,
    all rights reserved, this site is protected by, unsubscribe, view in browser, view this email,
    having trouble viewing, javascript is disabled, javascript is required, your browser does not support,
    turn off your ad blocker, disable your ad blocker, appeared first on, first appeared on,
    originally appeared on, was originally published, originally published at, originally published on,
    originally published in, cross-posted from, this post was originally, this article was originally,
    read the full story, read the full article, read the full post, read full article, read the rest of,
    read the original, continue reading, click here to, click here for, click the link, tap here, photo by,
    photos by, photograph by, photo credit, photo credits, image credit, image credits, image courtesy,
    image source, image via, photo courtesy, courtesy of, image by, images by, picture by, illustration by,
    featured image, cover image, cover photo, header image, getty images, shutterstock, on unsplash,
    istock, afp via, ap photo, alamy, source: getty, screenshot by, graphic by, you might also like,
    you may also like, you might also enjoy, related posts, related articles, related stories,
    recommended reading, see also our, most popular, trending now, editor's note, about the author,
    contact us at, email us at, send us an email, write to us, get in touch with, have a tip,
    follow the author, we're hiring, we are hiring, join our team, apply now, book a demo, request a demo,
    get started for free, sign up today, try it for free, try it free, contact sales, register now,
    buy tickets, buy now, pre-order now, download our app, download the app, get the app, join our discord,
    join our slack, join us on discord, join our telegram, our telegram channel, newsletter abonnieren,
    abonnieren sie, jetzt abonnieren, melden sie sich an, folgen sie uns, folge uns, artikel teilen,
    teilen sie diesen, hinterlasse einen kommentar, alle rechte vorbehalten, wir verwenden cookies,
    diese website verwendet cookies, datenschutzerklärung, weiterlesen, lesen sie auch, lesen sie mehr,
    mehr zum thema, bildnachweis, foto: dpa, jetzt anmelden, unseren newsletter, unser newsletter,
    abonnez-vous, inscrivez-vous, notre newsletter, notre lettre d'information, suivez-nous, partager sur,
    partagez cet article, laisser un commentaire, tous droits réservés, nous utilisons des cookies,
    lire la suite, lire aussi, à lire aussi, crédit photo, crédits photo, politique de confidentialité,
    écoutez l'épisode, suscríbete, suscríbase, nuestro boletín, nuestra newsletter, síguenos, síganos,
    compartir en, comparte este, deja un comentario, todos los derechos reservados, utilizamos cookies,
    usamos cookies, leer más, lea también, sigue leyendo, crédito de la foto, política de privacidad,
    escucha el episodio, assine nossa, inscreva-se, assine a newsletter, siga-nos, nos siga, compartilhe,
    compartilhar no, deixe um comentário, deixe seu comentário, todos os direitos reservados, leia mais,
    leia também, saiba mais, continue lendo, política de privacidade, iscriviti, la nostra newsletter,
    seguici, condividi su, condividi questo, lascia un commento, tutti i diritti riservati,
    utilizziamo cookie, leggi anche, continua a leggere, leggi tutto, informativa sulla privacy,
    schrijf je in, onze nieuwsbrief, abonneer, volg ons, deel dit artikel, deel op, laat een reactie,
    alle rechten voorbehouden, wij gebruiken cookies, we gebruiken cookies, lees meer, lees verder,
    lees ook, privacybeleid, подпишитесь, подписывайтесь, подписаться на, наша рассылка, нашу рассылку,
    поделитесь, оставьте комментарий, все права защищены, мы используем cookie, мы используем файлы,
    читать далее, читать дальше, читайте также, слушайте подкаст, 订阅我们, 关注我们, 扫码关注, 点击阅读, 阅读原文, 阅读更多, 版权所有,
    转载请注明, 分享到, 欢迎关注, 图片来源, 点赞, チャンネル登録, メルマガ, フォローして, 続きを読む, シェアする, 無断転載, 画像出典, 写真提供, クッキーを使用, 利用規約,
    please enable javascript, enable javascript to, aprovados pelo moderador, não serão aprovados,
    comments are closed, comments are moderated, your comment will be, kommentare sind geschlossen
    """

  /// They betray a row of a page when they stand in a paragraph of a few words.
  static let inShortUnits = """
    read more, learn more, see more, show more, load more, view more, more info, find out more, click here,
    see also, share, tweet, email, print, copy link, comments, comment, subscribe, sign up, sign in,
    log in, login, register, menu, home, search, skip to content, skip to main, next post, previous post,
    older posts, newer posts, next article, previous article, table of contents, contents, on this page,
    in this article, back to top, tags, tagged, filed under, categories, category, posted in, posted on,
    posted by, published on, published by, written by, updated on, last updated, min read, minute read,
    minutes read, reading time, follow, listen, watch, play, download, newsletter, podcast, episode,
    advertisement, sponsored, sponsor, copyright, image, photo, credit, source, related, transcript, mehr,
    teilen, kommentare, anmelden, inhalt, quelle, lire, partager, commentaires, compartir, comentarios,
    más información, compartilhar, comentários, condividi, commenti, delen, reacties, читать, комментарии,
    теги, 目次, 关注, 分享, 评论, コメント, 関連記事, anzeige, publicidad, publicidade, реклама, 广告, поделиться,
    don't miss, фото, order now, more from, by
    """

  /// Places to share on; two of them in a short row make it a share row.
  static let shareTargets: WordSet = [
    "facebook", "twitter", "linkedin", "reddit", "whatsapp", "pinterest", "telegram", "mastodon", "bluesky",
    "instagram", "youtube", "tiktok", "pocket", "tumblr", "email", "rss", "threads", "flipboard", "spotify",
    "weibo", "wechat", "vk", "xing", "messenger", "print", "share", "tweet", "discord", "overcast",
    "stitcher",
  ]
}
