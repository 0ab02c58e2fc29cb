import PrecisModel
import Testing

@testable import PrecisCurate

@Test(
  "addresses of code, models, data and papers are told and brought to one form",
  arguments: [
    ("https://github.com/apple/swift.git", "repository", "apple", "swift", "https://github.com/apple/swift"),
    ("http://www.github.com/a/b/issues/3?x=1#y", "repository", "a", "b", "https://github.com/a/b"),
    (
      "https://github.com/a/b/blob/main/c/d.py", "file", "a", "b/main/c/d.py",
      "https://github.com/a/b/blob/main/c/d.py"
    ),
    ("https://gist.github.com/a/0123abc", "file", "a", "0123abc", "https://gist.github.com/a/0123abc"),
    ("https://gist.github.com/a/0123abc.js", "file", "a", "0123abc", "https://gist.github.com/a/0123abc"),
    ("https://pypi.org/project/sumy/0.11/", "package", nil, "sumy", "https://pypi.org/project/sumy"),
    (
      "https://www.npmjs.com/package/@scope/kit", "package", "@scope", "kit",
      "https://npmjs.com/package/@scope/kit"
    ),
    (
      "https://www.npmjs.com/package/left-pad", "package", nil, "left-pad",
      "https://npmjs.com/package/left-pad"
    ),
    ("https://crates.io/crates/serde", "package", nil, "serde", "https://crates.io/crates/serde"),
    (
      "https://huggingface.co/org/model-7b", "model", "org", "model-7b", "https://huggingface.co/org/model-7b"
    ),
    ("https://huggingface.co/datasets/o/d", "dataset", "o", "d", "https://huggingface.co/datasets/o/d"),
    ("https://huggingface.co/gpt2", "model", nil, "gpt2", "https://huggingface.co/gpt2"),
    (
      "https://hf.co/bert-base-uncased/resolve/main/vocab.txt", "model", nil, "bert-base-uncased",
      "https://huggingface.co/bert-base-uncased"
    ),
    ("https://hf.co/old-name/tree/main", "model", nil, "old-name", "https://huggingface.co/old-name"),
    ("https://huggingface.co/o/m/tree/main", "model", "o", "m", "https://huggingface.co/o/m"),
    ("https://hf.co/datasets/squad", "dataset", nil, "squad", "https://huggingface.co/datasets/squad"),
    (
      "https://huggingface.co/datasets/squad/viewer/plain_text", "dataset", nil, "squad",
      "https://huggingface.co/datasets/squad"
    ),
    (
      "https://arxiv.org/pdf/1706.03762v5.pdf", "paper", nil, "arXiv:1706.03762",
      "https://arxiv.org/abs/1706.03762"
    ),
    ("https://dx.doi.org/10.1145/3.4", "paper", nil, "10.1145/3.4", "https://doi.org/10.1145/3.4"),
    ("https://openreview.net/forum?id=abc&x=1", "paper", nil, "abc", "https://openreview.net/forum?id=abc"),
    ("https://git.sr.ht/~who/what", "repository", "who", "what", "https://git.sr.ht/~who/what"),
  ] as [(String, String, String?, String, String)])
func references(address: String, kind: String, owner: String?, name: String, url: String) throws {
  let reference = try #require(CodeReferences.reference(address))
  #expect(
    reference.kind.rawValue == kind && reference.owner == owner && reference.name == name
      && reference.url == url)
}

@Test(
  "pages that hold no code are no references",
  arguments: [
    "https://github.com/features/actions", "https://github.com/someone", "https://huggingface.co/docs/hub",
    "https://huggingface.co/someone", "https://huggingface.co/models", "https://huggingface.co/papers",
    "https://huggingface.co/blog/gpt2", "https://huggingface.co/spaces",
    "https://example.org/a/b", "https://arxiv.org/list/cs", "mailto:a@github.com", "", "https://",
    "github.com",
  ])
func noReferences(address: String) {
  #expect(CodeReferences.reference(address) == nil)
}

@Test("references stand in links and in the words, each once")
func referencesOfArticle() {
  let text = "Clone git@github.com:a/b.git or see https://github.com/A/B. The paper is arXiv:1706.03762."
  let input = CuratorInput(title: "", text: text, links: [("https://github.com/a/b", "code")])
  #expect(Curator().curate(input).codeReferences.map(\.name) == ["b", "arXiv:1706.03762"])
}
