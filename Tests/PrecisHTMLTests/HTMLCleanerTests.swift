import PrecisModel
import PrecisURL
import Testing

@testable import PrecisHTML

@Suite("Cleaning HTML")
struct HTMLCleanerTests {
  private let base = WebURL("https://site.example/post/")

  private func clean(_ html: String) -> CleanHTML { HTMLCleaner().clean(html, baseURL: base) }

  @Test(
    "what an article is made of stays",
    arguments: [
      "<p>One <em>two</em> <strong>three</strong></p>",
      "<h2>Heading</h2><p>Text</p>",
      "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
      "<ol start=\"3\"><li value=\"5\">a</li></ol>",
      "<dl><dt>a</dt><dd>b</dd></dl>",
      "<table><caption>T</caption><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
      "<pre><code class=\"language-swift\">let a = 1\n  let b = 2</code></pre>",
      "<blockquote cite=\"https://site.example/a\"><p>q</p></blockquote>",
      "<figure><img src=\"https://site.example/a.png\" alt=\"A\"><figcaption>c</figcaption></figure>",
      "<details open=\"\"><summary>s</summary><p>t</p></details>",
      "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
      "<p><abbr title=\"World Wide Web\">WWW</abbr> <time datetime=\"2026-11-24\">today</time></p>",
      "<p>x<sup>2</sup> y<sub>1</sub> <kbd>k</kbd> <mark>m</mark> <q>q</q><br>z</p>",
      "<p><a href=\"https://a.example/\">a</a> <a href=\"mailto:x@a.example\">m</a> <a href=\"tel:+123\">t</a></p>",
      "<picture><source srcset=\"https://a.example/b.webp 2x\" type=\"image/webp\"><img src=\"https://a.example/b.png\" alt=\"\"></picture>",
      "<video src=\"https://a.example/v.mp4\" poster=\"https://a.example/p.png\" controls=\"\"><track src=\"https://a.example/t.vtt\" kind=\"captions\" srclang=\"en\"></video>",
      "<audio src=\"https://a.example/a.mp3\" controls=\"\"></audio>",
      "<p lang=\"he\" dir=\"rtl\">שלום</p>", "<p>a &amp; b &lt; c &gt; d</p>",
    ])
  func kept(html: String) {
    #expect(clean(html).html == html)
  }

  @Test(
    "nesting is what any HTML5 parser would make of it",
    arguments: [
      ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>a<div>b</div>c", "<p>a</p><div>b</div>c"),
      ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
      ("<ul><li><div>a<li>b</ul>", "<ul><li><div>a</div></li><li>b</li></ul>"),
      ("<ul><li><section>a<li>b</ul>", "<ul><li><section>a<li>b</li></section></li></ul>"),
      ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
      ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"), ("<b>a", "<b>a</b>"), ("a</p></b>b", "ab"),
      ("<h1>a<h2>b", "<h1>a</h1><h2>b</h2>"), ("<h1>a</h2>b", "<h1>a</h1>b"),
      (
        "<a href=/x>a<a href=/y>b",
        "<a href=\"https://site.example/x\">a</a><a href=\"https://site.example/y\">b</a>"
      ),
      (
        "<table><tr><td>a<td>b<tr><td>c",
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
      ),
      ("<table>x<tr><td>y</table>", "<table><tbody><tr><td>x</td></tr><tr><td>y</td></tr></tbody></table>"),
      ("<td>a</td>", "a"),
      ("<table><p>a</table>", "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"),
      ("<P>A</P>", "<p>A</p>"), ("<br/></br>", "<br><br>"), ("<center>a</center>", "<div>a</div>"),
      ("<font color=red>a</font>", "a"), ("<p>a<hr>b", "<p>a</p><hr>b"),
    ])
  func nested(html: String, expected: String) {
    #expect(clean(html).html == expected)
  }

  @Test("bold type whose end is misplaced ends with its block")
  func overdueEnds() {
    #expect(clean("<b><p>a</b>b</p>c").html == "<b><p>ab</p></b>c")
    #expect(clean("<i><b><p>a</b></i>b</p>c").html == "<i><b><p>ab</p></b></i>c")
    #expect(clean("<b><p>a</b></b>b</p>c").html == "<b><p>ab</p></b>c")
  }

  @Test(
    "the first newline of a pre is none of its content, a second one is",
    arguments: [
      ("<pre>\na</pre>", "<pre>a</pre>"), ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
      ("<pre>&#10;a</pre>", "<pre>a</pre>"), ("<pre><!-- -->\na</pre>", "<pre>\n\na</pre>"),
      ("<pre><b>\na</b></pre>", "<pre><b>\na</b></pre>"), ("<pre>\r\na\r\nb</pre>", "<pre>a\nb</pre>"),
    ])
  func pre(html: String, expected: String) {
    let once = clean(html).html
    #expect(once == expected)
    #expect(clean(once).html == once)
  }

  @Test(
    "addresses are made absolute wherever they stand",
    arguments: [
      ("<a href=\"../x?a=1&b=2\">l</a>", "<a href=\"https://site.example/x?a=1&amp;b=2\">l</a>"),
      ("<img src=//cdn.example/a.png>", "<img src=\"https://cdn.example/a.png\">"),
      (
        "<img srcset=\"a.png 1x, /b.png 2x\" src=a.png>",
        "<img src=\"https://site.example/post/a.png\" srcset=\"https://site.example/post/a.png 1x, https://site.example/b.png 2x\">"
      ),
      ("<q cite=/c>x</q>", "<q cite=\"https://site.example/c\">x</q>"),
      (
        "<video poster=/p.png></video>", "<video poster=\"https://site.example/p.png\" controls=\"\"></video>"
      ),
      ("<a href=\"#note\">1</a>", "<a href=\"https://site.example/post/#note\">1</a>"),
      ("<a href=\"HTTP://A.example:80/b c\">x</a>", "<a href=\"http://a.example/b%20c\">x</a>"),
    ])
  func resolved(html: String, expected: String) {
    #expect(clean(html).html == expected)
  }

  @Test("a relative address without a base is dropped, its words stay")
  func noBase() {
    #expect(HTMLCleaner().clean("<a href=/x>a</a><img src=/y>", baseURL: nil).html == "<a>a</a>")
  }

  @Test("images that scripts would load are found, the largest of a set counts")
  func lazyImages() {
    #expect(
      clean("<img src=data:image/gif;base64,R0lGOD data-src=/a.png>").images == ["https://site.example/a.png"]
    )
    #expect(clean("<img srcset='/s.png 300w, /l.png 900w'>").images == ["https://site.example/l.png"])
  }

  @Test(
    "counters and images that nobody is meant to see go",
    arguments: [
      "<img src=\"https://a.example/x\" width=1 height=1>",
      "<img src=\"https://a.example/x\" width=\"0\" height=\"0\">",
      "<img src=\"https://feeds.feedburner.com/~r/x/~4/y\">",
      "<img src=\"https://a.example/x\" style=\"display: none\">",
      "<img src=\"https://pixel.wp.com/b.gif?x\">", "<img src=\"https://a.example/x\" width=1px height=1px>",
    ])
  func trackingPixels(html: String) {
    let result = clean("<p>a" + html + "</p>")
    #expect(result.html == "<p>a</p>")
    #expect(result.images.isEmpty)
  }

  @Test(
    "a frame that shows a player becomes a link to it",
    arguments: [
      ("https://www.youtube.com/embed/1", "www.youtube.com"),
      ("//www.youtube-nocookie.com/embed/1?a=b", "www.youtube-nocookie.com"),
      ("https://player.vimeo.com/video/1", "player.vimeo.com"),
      ("https://open.spotify.com/embed/episode/1", "open.spotify.com"),
      ("https://w.soundcloud.com/player/?url=x", "w.soundcloud.com"),
      ("https://films.example/videos/embed/1", "films.example"),
    ])
  func players(source: String, host: String) {
    let result = clean("<p>a</p><iframe src=\"\(source)\">no</iframe>b")
    let address = source.hasPrefix("//") ? "https:" + source : source
    #expect(result.html == "<p>a</p><div><a href=\"\(address)\">\(host)</a></div>b")
    #expect(result.links.map(\.url) == [address])
    #expect(clean(result.html).html == result.html)
  }

  @Test(
    "any other frame goes without a trace",
    arguments: [
      "https://ads.example/f", "https://notyoutube.com/embed/1", "https://youtube.com.ads.example/embed/1",
      "https://ads.example/a?/videos/embed/", "javascript:alert(1)", "/f", "",
    ])
  func otherFrames(source: String) {
    let result = clean("<p>a<iframe src=\"\(source)\">no</iframe>b</p>")
    #expect(result.html == "<p>ab</p>")
    #expect(result.links.isEmpty)
  }

  @Test(
    "of an object that a plug-in would show, what stands in for it is kept",
    arguments: [
      (
        "a<object data=\"x.swf\"><param name=\"b\" value=\"c\"><embed src=\"x.swf\"><p>b</p></object>c",
        "a<p>b</p>c"
      ),
      ("a<object>b", "ab"), ("a</object>b", "ab"), ("<object><script>x</script><b>c</b>", "<b>c</b>"),
    ])
  func objects(html: String, expected: String) {
    #expect(clean(html).html == expected)
  }

  @Test(
    "headings around what is ended too late end before the next heading",
    arguments: [
      ("<b>a<h5>b<b>c<h5>d</b>e<h5>f", "<b>a<h5>b<b>c<h5>de</h5></b></h5><h5>f</h5></b>"),
      ("<h1><b><h2>a</b><h3>b", "<h1><b><h2>a</h2></b></h1><h3>b</h3>"),
      ("<i><h1><b><h1><i><h1>a</i></b><h6>b", nil),
    ] as [(String, String?)])
  func nestedHeadings(html: String, expected: String?) {
    let once = clean(html).html
    if let expected { #expect(once == expected) }
    #expect(clean(once).html == once)
  }

  @Test(
    "numbers of attributes are numbers",
    arguments: [
      ("300", " width=\"300\""), ("300px", " width=\"300\""), ("100%", ""), ("-1", ""), ("1e9", ""),
      ("9999999", ""),
    ])
  func numbers(value: String, expected: String) {
    #expect(
      clean("<img src=\"/a.png\" width=\"\(value)\">").html
        == "<img src=\"https://site.example/a.png\"\(expected)>")
  }
}
