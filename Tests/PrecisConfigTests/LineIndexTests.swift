import PrecisConfig
import Testing

/// The lines that messages name, over the notations that TOML has.
@Suite struct LineIndexTests {
  private func line(_ text: String) -> String {
    do throws(ConfigurationError) {
      _ = try Configuration.parse(text: text, file: "p")
      return "none"
    } catch {
      // The last problem: values that a notation needs may be wrong for their keys before it.
      return String(error.description.split(separator: "\n").last?.split(separator: " ").first ?? "")
    }
  }

  @Test(
    "the line of a wrong key is found whatever stands before it",
    arguments: [
      ("# comment\n\n[network]  # comment\n  timeout = 1", "p:4:"),
      ("network.timeout = 1", "p:1:"),
      ("\n\"network\" . 'timeout' = 1", "p:2:"),
      ("[curation]\nroles = [\n  \"a\", # x ] \n  \"b]\",\n]\nlanguage = 5", "p:6:"),
      ("[network]\nuser_agent = \"\"\"\na\nb\"\"\"\ntimeout = 1", "p:5:"),
      ("[curation]\nroles = ['''\na\nb''']\nenabled = 1", "p:5:"),
      ("[network]\nuser_agent = 'C:\\' # it's\ntimeout = 1", "p:3:"),
      ("[network]\nuser_agent = \"a \\\" b\"\ntimeout = 1", "p:3:"),
      ("[network]\r\ntimeout = 1\r\n", "p:2:"),
      ("network = { timeout = 1 }", "p:1:"),
      ("[[feeds]]\nurl = \"https://a.example/\"\n[[feeds]]\n\nurl = 5", "p:5:"),
      ("[logging]\nlevel = 'info'\n[ network ]\ntimeout = 1", "p:4:"),
    ])
  func lines(text: String, expected: String) {
    #expect(line(text) == expected)
  }
}
