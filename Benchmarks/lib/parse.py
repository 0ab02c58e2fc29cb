"""Reading feeds beside C on libxml2 and peers: parse.py PRECIS YARDSTICK SCRATCH ROUNDS small|full [PYTHON]

CPU seconds of the whole process, all contestants in turn; the least of the rounds counts, for other work on the machine
can only add to it. The start of a process is measured with an empty
feed and told apart, for Precis reads all files of a corpus in one process and sfeed has to be started for each.
"""
import glob, os, random, subprocess, sys

precis, yardstick, scratch, rounds, size = sys.argv[1:6]
python = sys.argv[6] if len(sys.argv) > 6 else None
full = size == "full"
words = """the of and a to in is that for it as was with be by on not this are from at or an have which one you were all
her she there would their we him been has when who will no more if out so said what up its about into than them can only
model training data open reward language network kernel memory compiler release security protocol café naïve über""".split()


def sentence(r):
    w = [r.choice(words) for _ in range(8 + r.randrange(18))]
    at = len(w) // 2
    w[at] = r.choice([w[at], w[at], w[at], "<em>%s</em>" % w[at], "<strong>%s</strong>" % w[at], w[at] + " &amp; so",
        '<a href="https://e%d.example/p/%d?utm_source=feed&amp;x=1" rel="nofollow">%s</a>' % (r.randrange(400), r.randrange(10**6), w[at])])
    return " ".join(w).capitalize() + "."


def block(r):
    kind = r.randrange(12)
    if kind == 0: return "<h2>%s</h2>" % " ".join(r.choice(words) for _ in range(5))
    if kind == 1:
        src = "https://media.example/image/fetch/w_1456,c_limit,q_auto/%016x_1456x819.png" % r.getrandbits(64)
        return ('<div class="image"><figure><a href="%s" target="_blank"><picture><source type="image/webp" srcset="%s 424w, %s 848w" sizes="100vw">'
                '<img src="%s" width="1456" height="819" class="sizing-normal" alt="" loading="lazy"></picture></a><figcaption>%s</figcaption></figure></div>'
                % (src, src, src, src, sentence(r)))
    if kind == 2: return "<ul>%s</ul>" % "".join("<li><p>%s</p></li>" % sentence(r) for _ in range(4))
    if kind == 3: return "<blockquote><p>%s</p></blockquote>" % sentence(r)
    if kind == 4: return "<pre><code>for i in range(9):\n  loss += beta * kl(p, ref) &lt; 1e-3\n</code></pre>"
    return "<p>%s</p>" % " ".join(sentence(r) for _ in range(4))


def html(r, size):
    parts, count = [], 0
    while count < size:
        parts.append(block(r))
        count += len(parts[-1])
    return "".join(parts)


def escaped(text): return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rss(f, seed, entries, size):
    r = random.Random(seed)
    f.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Feed %d</title><link>https://f%d.example/</link><description>A feed</description>\n' % (seed, seed))
    for i in range(entries):
        title = " ".join(r.choice(words) for _ in range(7)).capitalize()
        f.write("  <item>\n    <title>%s</title>\n    <link>https://f%d.example/p/%d-%s</link>\n    <guid isPermaLink=\"false\">f%d-%d</guid>\n    <pubDate>Mon, %02d Jun 2026 %02d:00:00 GMT</pubDate>\n    <category>%s</category>\n"
                % (escaped(title), seed, i, title.replace(" ", "-"), seed, i, 1 + i % 28, i % 24, r.choice(words)))
        if size: f.write("    <dc:creator>Author %d</dc:creator>\n    <content:encoded><![CDATA[%s]]></content:encoded>\n  </item>\n" % (seed, html(r, size)))
        else: f.write("    <description>%s</description>\n  </item>\n" % escaped(sentence(r)))
    f.write("</channel></rss>\n")


def atom(f, seed, entries, size):
    r = random.Random(seed)
    f.write('<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed %d</title><id>f%d</id><updated>2026-06-01T00:00:00Z</updated>\n' % (seed, seed))
    for i in range(entries):
        f.write('<entry><title type="html">%s</title><link href="https://f%d.example/%d"/><id>f%d-%d</id><updated>2026-06-%02dT00:00:00Z</updated><author><name>A</name></author><content type="html">%s</content></entry>\n'
                % (escaped(escaped(sentence(r))), seed, i, seed, i, 1 + i % 28, escaped(html(r, size))))
    f.write("</feed>\n")


# name: (files, kind, entries of a file, bytes of an entry's HTML, times in one process)
shrink = 1 if full else 10
corpora = {"letters": (10 // shrink, rss, 20, 50_000, 10), "blogs": (10 // shrink, rss, 100, 9_500, 10),
           "atom": (10 // shrink, atom, 50, 17_000, 10), "news": (200 // shrink, rss, 40, 0, 30)}


def run(command, files, peak=False):
    """CPU seconds (and the peak in MB) of a process; None where it failed."""
    with open("/dev/null", "r+b") as null:
        child = subprocess.Popen(command + files, stdin=null, stdout=null, stderr=null)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
    if status: return None
    return (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


each = ["sh", "-c", 'for f; do sfeed <"$f"; done', "sh"]
contestants = {"C: SAX, text, JSON": [yardstick, "json"], "precis parse --json --raw": [precis, "parse", "--json", "--raw"],
               "C: SAX, HTML SAX": [yardstick, "html"], "C: SAX, HTML tree, written": [yardstick, "tree"],
               "precis parse --json": [precis, "parse", "--json"], "sfeed": each}
if python:
    reader = "import sys, %s as p\nfor f in sys.argv[1:]:\n  p.parse(open(f, 'rb').read()).entries"
    contestants["fastfeedparser"] = [python, "-c", reader % "fastfeedparser"]
    contestants["feedparser"] = [python, "-c", reader % "feedparser"]
if os.path.exists(scratch + "/gofeed"): contestants["gofeed"] = [scratch + "/gofeed"]
if subprocess.run(["sh", "-c", "command -v sfeed"], capture_output=True).returncode: contestants.pop("sfeed")

empty = scratch + "/empty.xml"
with open(empty, "w") as f: f.write('<rss version="2.0"><channel><title>x</title><item><title>y</title></item></channel></rss>')
for name, (count, kind, entries, length, times) in corpora.items():
    os.makedirs("%s/%s" % (scratch, name), exist_ok=True)
    for i in range(max(1, count)):
        with open("%s/%s/%03d.xml" % (scratch, name, i), "w") as f: kind(f, i + 1, entries, length)
    files = sorted(glob.glob("%s/%s/*" % (scratch, name)))
    megabytes = sum(map(os.path.getsize, files)) / 1e6
    taken, start, starts = {}, {}, {}
    for turn in range(int(rounds)):
        for who, command in contestants.items():
            # The slow ones read each file once, and feedparser does it in one round only; of the others the start, which
            # varies, must be a small part.
            if who == "feedparser" and turn: continue
            repeat = 1 if who in ("feedparser", "gofeed", "sfeed") else times
            got, none = run(command, files * repeat), run(command, [empty])
            if not got or not none: continue
            taken.setdefault(who, []).append(got[0] / repeat)
            start.setdefault(who, []).append(none[0])
            starts[who] = len(files) if who == "sfeed" else 1 / repeat
    least = {who: min(v) - min(start[who]) * starts[who] for who, v in taken.items()}
    print("\n%s: %d files, %.1f MB" % (name, len(files), megabytes))
    print("%-30s %10s %14s %16s %12s" % ("", "MB/s", "of C's JSON", "of C's HTML SAX", "start, ms"))
    for who, seconds in least.items():
        if seconds <= 0:
            print("%-30s nothing is left beside the start of its processes" % who)
            continue
        print("%-30s %10.0f %14.2f %16.2f %12.1f" % (who, megabytes / seconds, least["C: SAX, text, JSON"] / seconds,
              least["C: SAX, HTML SAX"] / seconds, min(start[who]) * 1000))

count = 2000 if full else 20
with open(scratch + "/big.xml", "w") as f: rss(f, 1, count, 49_000)
print("\none feed of %.0f MB, peak memory in MB" % (os.path.getsize(scratch + "/big.xml") / 1e6))
for who, command in contestants.items():
    if who.startswith("precis") or who.startswith("C: SAX, text"):
        got = run(command, [scratch + "/big.xml"])
        print("%-30s %10.1f" % (who, got[1]) if got else "%-30s failed" % who)
