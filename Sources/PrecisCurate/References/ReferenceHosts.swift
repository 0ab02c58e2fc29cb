import PrecisModel

/// Where code, models, data sets and papers live on the web; data.
///
/// A pattern is matched against the segments of a path: `{owner}` and `{name}` take one segment each, `{path}`
/// takes all that follow, `{ownerless}` one that needs no owner, a word stands for itself. The first pattern of a host that fits applies; segments after
/// it are dropped, so that a link to the issues of a repository counts for the repository.
enum ReferenceHosts {
  struct Rule: Sendable {
    let pattern: [String]
    let kind: Article.CodeReference.Kind
    /// The host of the normal address, where it is another.
    let canonicalHost: String?
  }

  /// By host, without "www.".
  static let rules: [String: [Rule]] = {
    var rules: [String: [Rule]] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count >= 3, let kind = Article.CodeReference.Kind(rawValue: parts[1]) else { continue }
      let rule = Rule(
        pattern: parts[2].split(separator: "/").map(String.init), kind: kind,
        canonicalHost: parts.count > 3 ? parts[3] : nil)
      rules[parts[0], default: []].append(rule)
    }
    return rules
  }()

  /// First segments that are pages of a host rather than an owner or a name.
  static let reserved: Set<String> = Set(
    """
    about account admin api apps blog business careers chat changelog codespaces collections community company contact
    contact-us copilot customer-stories dashboard dashboards docs documentation download downloads enterprise events
    explore faq features feed gist groups help home hub inference issues jobs join learn legal login logout marketplace
    mission models new news nonprofit notifications open-source organizations orgs partners plans posts premium-support
    press pricing privacy profile projects pulls readme register repositories resources rss search security settings
    shop signin signup site site-policy snippets solutions sponsors stars status stories support tags tasks team teams
    terms terms-of-service tos topics trending tutorials users watching welcome well-known why wiki account datasets
    spaces papers -
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

  /// Models of Hugging Face from before every model had an owner. Their short addresses still lead to them; any other
  /// single segment is an account.
  static let ownerless: Set<String> = Set(
    """
    albert-base-v1 albert-base-v2 albert-large-v1 albert-large-v2 albert-xlarge-v1 albert-xlarge-v2 albert-xxlarge-v1
    albert-xxlarge-v2 bert-base-cased bert-base-cased-finetuned-mrpc bert-base-chinese bert-base-german-cased
    bert-base-german-dbmdz-cased bert-base-german-dbmdz-uncased bert-base-multilingual-cased
    bert-base-multilingual-uncased bert-base-uncased bert-large-cased bert-large-cased-whole-word-masking
    bert-large-cased-whole-word-masking-finetuned-squad bert-large-uncased bert-large-uncased-whole-word-masking
    bert-large-uncased-whole-word-masking-finetuned-squad camembert-base ctrl distilbert-base-cased
    distilbert-base-cased-distilled-squad distilbert-base-german-cased distilbert-base-multilingual-cased
    distilbert-base-uncased distilbert-base-uncased-distilled-squad distilbert-base-uncased-finetuned-sst-2-english
    distilgpt2 distilroberta-base gpt2 gpt2-large gpt2-medium gpt2-xl openai-gpt roberta-base
    roberta-base-openai-detector roberta-large roberta-large-mnli roberta-large-openai-detector t5-11b t5-3b t5-base
    t5-large t5-small transfo-xl-wt103 xlm-clm-ende-1024 xlm-clm-enfr-1024 xlm-mlm-100-1280 xlm-mlm-17-1280
    xlm-mlm-en-2048 xlm-mlm-ende-1024 xlm-mlm-enfr-1024 xlm-mlm-enro-1024 xlm-mlm-tlm-xnli15-1024 xlm-mlm-xnli15-1024
    xlm-roberta-base xlm-roberta-large xlm-roberta-large-finetuned-conll02-dutch
    xlm-roberta-large-finetuned-conll02-spanish xlm-roberta-large-finetuned-conll03-english
    xlm-roberta-large-finetuned-conll03-german xlnet-base-cased xlnet-large-cased
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

  /// What follows the name of a model or a data set in the addresses of its files: what stands before is no owner.
  static let fileViews: Set<String> = [
    "tree", "blob", "resolve", "raw", "commit", "commits", "discussions", "viewer",
  ]

  private static let table = """
    github.com file {owner}/{name}/blob/{path}
    github.com file {owner}/{name}/raw/{path}
    github.com repository {owner}/{name}
    gist.github.com file {owner}/{name}
    raw.githubusercontent.com file {owner}/{name}/{path}
    gitlab.com file {owner}/{name}/-/blob/{path}
    gitlab.com repository {owner}/{name}
    gitlab.gnome.org repository {owner}/{name}
    gitlab.freedesktop.org repository {owner}/{name}
    invent.kde.org repository {owner}/{name}
    salsa.debian.org repository {owner}/{name}
    framagit.org repository {owner}/{name}
    codeberg.org file {owner}/{name}/src/{path}
    codeberg.org repository {owner}/{name}
    gitea.com repository {owner}/{name}
    gitee.com repository {owner}/{name}
    bitbucket.org file {owner}/{name}/src/{path}
    bitbucket.org repository {owner}/{name}
    git.sr.ht repository {owner}/{name}
    sr.ht repository {owner}/{name}
    sourceforge.net repository projects/{name}
    launchpad.net repository {name}
    colab.research.google.com file github/{owner}/{name}/blob/{path}
    pypi.org package project/{name}
    pypi.python.org package pypi/{name} pypi.org
    npmjs.com package package/{owner}/{name}
    npmjs.com package package/{name}
    unpkg.com package {name}
    jsr.io package {owner}/{name}
    crates.io package crates/{name}
    docs.rs package crate/{name}
    docs.rs package {name}
    lib.rs package crates/{name}
    rubygems.org package gems/{name}
    pkg.go.dev package {path}
    godoc.org package {path} pkg.go.dev
    packagist.org package packages/{owner}/{name}
    nuget.org package packages/{name}
    hex.pm package packages/{name}
    hackage.haskell.org package package/{name}
    central.sonatype.com package artifact/{owner}/{name}
    search.maven.org package artifact/{owner}/{name}
    mvnrepository.com package artifact/{owner}/{name}
    swiftpackageindex.com package {owner}/{name}
    cocoapods.org package pods/{name}
    pub.dev package packages/{name}
    hub.docker.com package r/{owner}/{name}
    hub.docker.com package _/{name}
    quay.io package repository/{owner}/{name}
    formulae.brew.sh package formula/{name}
    formulae.brew.sh package cask/{name}
    cran.r-project.org package web/packages/{name}
    cran.r-project.org package package={name}
    metacpan.org package dist/{name}
    metacpan.org package release/{name}
    metacpan.org package pod/{name}
    anaconda.org package {owner}/{name}
    opam.ocaml.org package packages/{name}
    luarocks.org package modules/{owner}/{name}
    flathub.org package apps/{name}
    packages.debian.org package {owner}/{name}
    huggingface.co dataset datasets/{ownerless}
    huggingface.co dataset datasets/{owner}/{name}
    huggingface.co dataset datasets/{name}
    huggingface.co repository spaces/{owner}/{name}
    huggingface.co paper papers/{name}
    huggingface.co model {ownerless}
    huggingface.co model {owner}/{name}
    hf.co dataset datasets/{ownerless} huggingface.co
    hf.co dataset datasets/{owner}/{name} huggingface.co
    hf.co dataset datasets/{name} huggingface.co
    hf.co repository spaces/{owner}/{name} huggingface.co
    hf.co model {ownerless} huggingface.co
    hf.co model {owner}/{name} huggingface.co
    ollama.com model library/{name}
    replicate.com model {owner}/{name}
    civitai.com model models/{name}
    kaggle.com dataset datasets/{owner}/{name}
    kaggle.com dataset c/{name}
    kaggle.com dataset competitions/{name}
    kaggle.com file code/{owner}/{name}
    zenodo.org dataset record/{name}
    zenodo.org dataset records/{name}
    openml.org dataset d/{name}
    arxiv.org paper abs/{path}
    arxiv.org paper pdf/{path}
    arxiv.org paper html/{path}
    export.arxiv.org paper abs/{path} arxiv.org
    ar5iv.org paper abs/{path} arxiv.org
    doi.org paper {path}
    dx.doi.org paper {path} doi.org
    dl.acm.org paper doi/{path}
    openreview.net paper forum
    openreview.net paper pdf
    aclanthology.org paper {name}
    papers.nips.cc paper paper/{path}
    proceedings.neurips.cc paper paper/{path}
    proceedings.neurips.cc paper paper_files/{path}
    proceedings.mlr.press paper {owner}/{name}
    jmlr.org paper papers/{path}
    openaccess.thecvf.com paper content/{path}
    biorxiv.org paper content/{path}
    medrxiv.org paper content/{path}
    semanticscholar.org paper paper/{path}
    pubmed.ncbi.nlm.nih.gov paper {name}
    ncbi.nlm.nih.gov paper pmc/articles/{name}
    ieeexplore.ieee.org paper document/{name}
    nature.com paper articles/{name}
    science.org paper doi/{path}
    link.springer.com paper article/{path}
    link.springer.com paper chapter/{path}
    sciencedirect.com paper science/article/pii/{name}
    pnas.org paper doi/{path}
    journals.plos.org paper plosone/article
    eprint.iacr.org paper {owner}/{name}
    usenix.org paper conference/{owner}/presentation/{name}
    vldb.org paper pvldb/{path}
    ssrn.com paper abstract={name}
    """
}
