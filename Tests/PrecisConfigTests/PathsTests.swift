import PrecisConfig
import Testing

@Suite struct PathsTests {
  @Test("the flag's file wins over the variable's, and must be there")
  func namedFile() throws {
    let environment = ["PRECIS_CONFIG": "/v.toml", "HOME": "/home/a"]
    #expect(try Paths.configurationFile(flag: "/f.toml", environment: environment) { _ in true } == "/f.toml")
    #expect(try Paths.configurationFile(flag: nil, environment: environment) { _ in true } == "/v.toml")
    #expect(throws: ConfigurationError.notFound(path: "/v.toml")) {
      try Paths.configurationFile(flag: nil, environment: environment) { _ in false }
    }
  }

  @Test("without a named file the first candidate that is there is read, and none is fine")
  func searchedFile() throws {
    let environment = [
      "CONFIGURATION_DIRECTORY": "/etc/precis:/etc/other", "XDG_CONFIG_HOME": "/x", "HOME": "/home/a",
    ]
    #expect(
      Paths.configurationCandidates(environment: environment) == [
        "/etc/precis/precis.toml", "/x/precis/precis.toml", "/etc/precis/precis.toml",
      ])
    #expect(
      Paths.configurationCandidates(environment: ["HOME": "/home/a", "XDG_CONFIG_HOME": "relative"]) == [
        "/home/a/.config/precis/precis.toml", "/etc/precis/precis.toml",
      ])
    let found = try Paths.configurationFile(flag: nil, environment: environment) { $0.hasPrefix("/x/") }
    #expect(found == "/x/precis/precis.toml")
    #expect(try Paths.configurationFile(flag: nil, environment: [:]) { _ in false } == nil)
  }

  @Test("the store is the flag's, the configured, systemd's, XDG's, the home's or the system's")
  func store() {
    let all = ["STATE_DIRECTORY": "/var/lib/p:/b", "XDG_DATA_HOME": "/d", "HOME": "/h"]
    #expect(Paths.store(flag: "f", environment: all, configured: "/c") == "f")
    #expect(Paths.store(flag: nil, environment: all, configured: "/c") == "/c")
    #expect(Paths.store(flag: nil, environment: all, configured: "~/s") == "/h/s")
    #expect(Paths.store(flag: nil, environment: all, configured: nil) == "/var/lib/p")
    #expect(Paths.store(flag: nil, environment: ["XDG_DATA_HOME": "/d"], configured: nil) == "/d/precis")
    #expect(Paths.store(flag: nil, environment: ["HOME": "/h"], configured: nil) == "/h/.local/share/precis")
    #expect(Paths.store(flag: nil, environment: [:], configured: nil) == "/var/lib/precis")
  }

  @Test("the socket is the configured, in systemd's or XDG's runtime directory, else in the store")
  func socket() {
    let all = ["RUNTIME_DIRECTORY": "/run/precis", "XDG_RUNTIME_DIR": "/run/user/1"]
    #expect(Paths.socket(configured: "/c", environment: all, store: "/s") == "/c")
    #expect(Paths.socket(configured: nil, environment: all, store: "/s") == "/run/precis/precis.sock")
    let user = ["XDG_RUNTIME_DIR": "/run/user/1"]
    #expect(Paths.socket(configured: nil, environment: user, store: "/s") == "/run/user/1/precis.sock")
    #expect(Paths.socket(configured: nil, environment: [:], store: "/s") == "/s/precis.sock")
  }

  @Test("a client looks for the daemon where it may be, once each")
  func candidates() {
    let user = ["XDG_RUNTIME_DIR": "/run/user/1"]
    #expect(
      Paths.socketCandidates(configured: nil, environment: user, store: "/s") == [
        "/run/user/1/precis.sock", "/s/precis.sock", "/run/precis/precis.sock",
      ])
    #expect(Paths.socketCandidates(configured: "/c", environment: user, store: "/s") == ["/c"])
    #expect(
      Paths.socketCandidates(configured: nil, environment: [:], store: "/s") == [
        "/s/precis.sock", "/run/precis/precis.sock",
      ])
  }
}
