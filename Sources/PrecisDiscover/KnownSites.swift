/// Sites whose feeds can be named from a page's address alone: a table, not code.
///
/// Hosts stand without `www.`; `*.` stands for one label or more. In a path, `{name}` is one segment,
/// `{name+}` the rest of the path; `/**` at the end lets anything follow; in the query, `key={name}`. In the
/// feed's address, `{host}` is the page's host.
enum KnownSites {
  struct Row {
    let hosts: [String]
    let path: String
    var query: String?
    let feeds: [Feed]
    /// First segments that are the site's own pages.
    var reserved: Set<String> = []
  }

  struct Feed {
    let url: String
    let title: String
    let score: Int

    init(_ url: String, _ title: String, _ score: Int = 95) {
      self.url = url
      self.title = title
      self.score = score
    }
  }

  private static let githubPages: Set<String> = [
    "about", "apps", "collections", "contact", "customer-stories", "enterprise", "events", "explore",
    "features",
    "issues", "join", "login", "marketplace", "new", "notifications", "orgs", "pricing", "pulls", "readme",
    "search",
    "security", "settings", "site", "sponsors", "stars", "team", "topics", "trending", "solutions",
    "resources",
  ]
  private static let mediumPages: Set<String> = [
    "m", "me", "tag", "search", "p", "feed", "membership", "creators",
  ]

  static let rows: [Row] = [
    // YouTube. Addresses with a handle (/@name, /c/name) do not hold the channel's number; the page's own
    // link element does.
    Row(
      hosts: ["youtube.com", "m.youtube.com"], path: "/channel/{id}/**",
      feeds: [Feed("https://www.youtube.com/feeds/videos.xml?channel_id={id}", "Videos of the channel")]),
    Row(
      hosts: ["youtube.com", "m.youtube.com"], path: "/user/{name}/**",
      feeds: [Feed("https://www.youtube.com/feeds/videos.xml?user={name}", "Videos of the user")]),
    Row(
      hosts: ["youtube.com", "m.youtube.com"], path: "/playlist", query: "list={id}",
      feeds: [Feed("https://www.youtube.com/feeds/videos.xml?playlist_id={id}", "Videos of the playlist")]),
    Row(
      hosts: ["vimeo.com"], path: "/{name}",
      feeds: [Feed("https://vimeo.com/{name}/videos/rss", "Videos of the user", 60)],
      reserved: [
        "watch", "features", "upgrade", "log_in", "join", "categories", "channels", "groups", "ondemand",
      ]),
    // Code
    Row(
      hosts: ["github.com"], path: "/{owner}/{repo}/commits/{branch+}",
      feeds: [Feed("https://github.com/{owner}/{repo}/commits/{branch}.atom", "Commits to {branch}")],
      reserved: githubPages),
    Row(
      hosts: ["github.com"], path: "/{owner}/{repo}/tags",
      feeds: [Feed("https://github.com/{owner}/{repo}/tags.atom", "Tags of {repo}", 98)],
      reserved: githubPages),
    Row(
      hosts: ["github.com"], path: "/{owner}/{repo}/**",
      feeds: [
        Feed("https://github.com/{owner}/{repo}/releases.atom", "Releases of {repo}"),
        Feed("https://github.com/{owner}/{repo}/tags.atom", "Tags of {repo}", 85),
        Feed("https://github.com/{owner}/{repo}/commits.atom", "Commits to {repo}", 80),
      ], reserved: githubPages),
    Row(
      hosts: ["github.com"], path: "/{owner}",
      feeds: [Feed("https://github.com/{owner}.atom", "Public activity of {owner}", 80)],
      reserved: githubPages),
    Row(
      hosts: ["gitlab.com"], path: "/{owner}/{repo}/**",
      feeds: [Feed("https://gitlab.com/{owner}/{repo}/-/tags?format=atom", "Tags of {repo}")],
      reserved: ["explore", "help", "users", "groups", "dashboard"]),
    Row(
      hosts: ["codeberg.org"], path: "/{owner}/{repo}/**",
      feeds: [
        Feed("https://codeberg.org/{owner}/{repo}/releases.rss", "Releases of {repo}"),
        Feed("https://codeberg.org/{owner}/{repo}.rss", "Activity of {repo}", 80),
      ], reserved: ["explore", "user", "org"]),
    Row(
      hosts: ["pypi.org"], path: "/project/{name}/**",
      feeds: [Feed("https://pypi.org/rss/project/{name}/releases.xml", "Releases of {name}")]),
    Row(
      hosts: ["crates.io"], path: "/crates/{name}/**",
      feeds: [Feed("https://static.crates.io/rss/crates/{name}.xml", "Releases of {name}")]),
    Row(
      hosts: ["sourceforge.net"], path: "/projects/{name}/**",
      feeds: [Feed("https://sourceforge.net/projects/{name}/rss", "Files of {name}")]),
    // Papers
    Row(
      hosts: ["arxiv.org"], path: "/list/{category}/**",
      feeds: [
        Feed("https://rss.arxiv.org/atom/{category}", "New papers in {category}"),
        Feed("https://rss.arxiv.org/rss/{category}", "New papers in {category}", 90),
      ]),
    // Talk
    Row(
      hosts: ["reddit.com", "old.reddit.com", "new.reddit.com"], path: "/r/{name}/**",
      feeds: [Feed("https://www.reddit.com/r/{name}/.rss", "Posts in r/{name}")]),
    Row(
      hosts: ["reddit.com", "old.reddit.com", "new.reddit.com"], path: "/user/{name}/**",
      feeds: [Feed("https://www.reddit.com/user/{name}/.rss", "Posts of {name}")]),
    Row(
      hosts: ["news.ycombinator.com"], path: "/**",
      feeds: [Feed("https://news.ycombinator.com/rss", "Hacker News")]),
    Row(
      hosts: ["lobste.rs"], path: "/t/{tag}",
      feeds: [Feed("https://lobste.rs/t/{tag}.rss", "Stories on {tag}")]),
    Row(hosts: ["lobste.rs"], path: "/", feeds: [Feed("https://lobste.rs/rss", "Lobsters")]),
    Row(
      hosts: [
        "stackoverflow.com", "serverfault.com", "superuser.com", "askubuntu.com", "*.stackexchange.com",
      ],
      path: "/questions/tagged/{tag}/**",
      feeds: [Feed("https://{host}/feeds/tag/{tag}", "Questions on {tag}")]),
    Row(
      hosts: ["bsky.app"], path: "/profile/{name}/**",
      feeds: [Feed("https://bsky.app/profile/{name}/rss", "Posts of {name}")]),
    // Blogs
    Row(hosts: ["*.substack.com"], path: "/**", feeds: [Feed("https://{host}/feed", "Posts")]),
    Row(
      hosts: ["medium.com"], path: "/tag/{tag}/**",
      feeds: [Feed("https://medium.com/feed/tag/{tag}", "Stories on {tag}")]),
    Row(
      hosts: ["medium.com"], path: "/{name}/**",
      feeds: [Feed("https://medium.com/feed/{name}", "Stories of {name}")],
      reserved: mediumPages),
    Row(hosts: ["*.medium.com"], path: "/**", feeds: [Feed("https://{host}/feed", "Stories")]),
    Row(
      hosts: ["dev.to"], path: "/{name}/**", feeds: [Feed("https://dev.to/feed/{name}", "Posts of {name}")],
      reserved: ["t", "tags", "about", "top", "latest", "search", "videos", "podcasts", "listings"]),
    Row(
      hosts: ["buttondown.com", "buttondown.email"], path: "/{name}/**",
      feeds: [Feed("https://buttondown.com/{name}/rss", "Issues of {name}")]),
    Row(hosts: ["*.wordpress.com"], path: "/**", feeds: [Feed("https://{host}/feed/", "Posts", 85)]),
    Row(hosts: ["*.tumblr.com"], path: "/**", feeds: [Feed("https://{host}/rss", "Posts", 85)]),
    Row(
      hosts: ["*.blogspot.com"], path: "/**", feeds: [Feed("https://{host}/feeds/posts/default", "Posts", 85)]
    ),
    Row(hosts: ["*.ghost.io"], path: "/**", feeds: [Feed("https://{host}/rss/", "Posts", 85)]),
    Row(hosts: ["*.livejournal.com"], path: "/**", feeds: [Feed("https://{host}/data/rss", "Posts", 85)]),
    Row(hosts: ["*.micro.blog"], path: "/**", feeds: [Feed("https://{host}/feed.xml", "Posts", 85)]),
    Row(hosts: ["*.bearblog.dev"], path: "/**", feeds: [Feed("https://{host}/feed/", "Posts", 85)]),
    Row(hosts: ["*.hashnode.dev"], path: "/**", feeds: [Feed("https://{host}/rss.xml", "Posts", 85)]),
    Row(
      hosts: ["huggingface.co"], path: "/blog/**",
      feeds: [Feed("https://huggingface.co/blog/feed.xml", "Blog", 85)]),
    // The fediverse: Mastodon and its kin serve `/@name` on hosts of any name. It stands last, and low.
    Row(hosts: ["*"], path: "/@{name}", feeds: [Feed("https://{host}/@{name}.rss", "Posts of @{name}", 55)]),
  ]
}
