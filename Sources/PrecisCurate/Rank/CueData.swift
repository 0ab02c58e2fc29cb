/// What a phrase says about the sentence that it stands in.
enum Cue: Int, CaseIterable {
  /// The author says what is new here.
  case contribution
  /// The author says what came out.
  case result
  /// The author draws the conclusion.
  case conclusion
  /// The author prepares the ground, or speaks of others.
  case background
  /// It leans on the sentence before it.
  case dangling
  /// It refers to a figure, a table, an example or another place.
  case pointer
  /// It tells how the text is laid out.
  case outline
}

/// Cue phrases by language; data, parted by commas. English ones also serve where a language has none.
enum CueData {
  static let table: [(cue: Cue, phrases: String)] = [
    (
      .contribution,
      """
      we propose, we present, we introduce, we develop, we describe, we study, we investigate, we show that, we show,
      we provide, we design, we formulate, we devise, we build, we explore, we address, we examine, we analyze,
      we analyse, we consider, we demonstrate, we argue, we suggest, we extend, we derive, we prove, we establish,
      we release, we launched, we built, we announce, we're announcing, we are announcing, we're introducing,
      i propose, i argue, i present, i built, i wrote, this paper, this article, this work, this post,
      this study, in this paper, in this work, in this article, in this post, here we, our contribution,
      our main contribution, our approach, our method, our model, our framework, our algorithm, our goal,
      the proposed, a novel, a new approach, a new method, novel approach, is proposed, are proposed,
      is presented, are presented, is introduced, the goal of this, the aim of this, the purpose of this,
      wir stellen, wir zeigen, in diesem artikel, dieser artikel, in diesem beitrag, nous proposons,
      nous présentons, cet article, dans cet article, proponemos, presentamos, este artículo, en este artículo,
      propomos, apresentamos, este artigo, neste artigo, proponiamo, presentiamo, in questo articolo,
      questo articolo, we stellen, dit artikel, in dit artikel, в этой статье, в статье, мы предлагаем,
      мы показываем, 本文, 我们提出, 本稿, 本記事
      """
    ),
    (
      .result,
      """
      experiments show, experimental results, results show, results demonstrate, results indicate, results suggest,
      our results, our experiments, we find that, we found that, we find, we observe, we achieve, outperforms,
      outperform, state of the art, significantly, improves, improvement, evaluation shows, empirically,
      we evaluate, we empirically, achieves, can be used to, leads to, allows us to, enables, it turns out,
      researchers found, the study found, according to the study, ergebnisse zeigen, les résultats,
      los resultados, os resultados, i risultati, de resultaten, результаты показали, 结果表明, 結果
      """
    ),
    (
      .conclusion,
      """
      in conclusion, in summary, to summarize, to sum up, in short, in brief, overall, ultimately, the takeaway,
      key takeaway, the lesson, the point is, the key is, the bottom line, bottom line, the upshot, in essence,
      what matters, most important, the main point, the big picture, the moral, in the end, at its core, we conclude,
      i conclude, this means that, as a result, the result is, it follows that, that is why, this is why,
      more importantly, most importantly, the important thing,
      zusammenfassend, kurz gesagt, fazit, insgesamt, letztlich, entscheidend ist, en résumé, en conclusion, en bref,
      finalement, en resumen, en conclusión, en definitiva, em resumo, em conclusão, em suma, in sintesi,
      in conclusione, in definitiva, kortom, samengevat, concluderend, таким образом, в итоге, в заключение,
      главное, 总之, 综上所述, 结论, つまり, 要するに, 結論
      """
    ),
    (
      .background,
      """
      existing methods, existing approaches, previous work, prior work, previous approaches, previous methods,
      prior approaches, recent work, recently, in recent years, have been proposed, has been studied, traditionally,
      typically, usually, it is well known, for decades, have shown, has shown, has become, have become, one of the most,
      for example, for instance, e.g, such as, zum beispiel, par exemple, por ejemplo, por exemplo, per esempio,
      bijvoorbeeld, например, 例如, 例えば
      """
    ),
    (
      .pointer,
      """
      figure, fig, table, section, appendix, equation, eq, lemma, theorem, see below, see above, shown below,
      as follows, following example, listing, chapter, et al, the former, the latter, respectively, screenshot,
      pictured, photo, abbildung, tabelle, abschnitt, tableau, figura, tabla, tabela, tabella, sezione,
      рисунок, рис, таблица, 图, 表, 図, kapitel, siehe, chapitre, voir, capítulo, véase, veja, secção, sección,
      capitolo, hoofdstuk, глава, главе, см, see chapter, see section, 参见, 参照, 参考
      """
    ),
    (
      .outline,
      """
      the rest of this paper, the remainder of this paper, the rest of the paper, the remainder of the paper,
      the paper is organized, this paper is organized, the paper is structured, is organized as follows,
      is structured as follows, in the next section, in section, in the following section, the next section,
      section 2, section 3, section 4, section 5, section 6, in part two, we then turn, concludes the paper,
      we conclude with, der rest dieses, le reste de cet, el resto de este, o restante deste
      """
    ),
  ]
}
