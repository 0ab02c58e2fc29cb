import Glibc

/// A TLS server that answers every request with one document, by the `openssl` command.
public final class TLSServer: Sendable {
  /// What is wrong with its certificate.
  public enum Certificate: String, Sendable, CaseIterable {
    /// Nothing, for who trusts `bundle`.
    case valid
    /// It ended yesterday.
    case expired
    /// It is signed by itself.
    case selfSigned
    /// It is for another name.
    case otherName
  }
  private let directory: TemporaryDirectory
  private let command: RunningCommand
  /// The port it listens on, at 127.0.0.1; its certificate is for `localhost`.
  public let port: Int
  /// The certificate of the authority that signed its own.
  public let bundle: String

  /// Starts to serve; nil where `openssl` is not there, or cannot make such a certificate.
  public init?(_ certificate: Certificate) {
    guard CommandRun.exists("openssl"), let directory = try? TemporaryDirectory() else { return nil }
    self.directory = directory
    bundle = directory.file("ca.pem")
    func openssl(_ arguments: String) -> Bool {
      CommandRun.run(["sh", "-c", "cd '\(directory.path)' && openssl \(arguments)"]).status == 0
    }
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    let name = certificate == .otherName ? "other.example" : "localhost"
    guard openssl("req -x509 \(key) -keyout ca.key -out ca.pem -days 30 -subj /CN=authority"),
      (try? directory.write("subjectAltName=DNS:\(name)\n", to: "names")) != nil
    else { return nil }
    let isMade: Bool
    if certificate == .selfSigned {
      isMade = openssl(
        "req -x509 \(key) -keyout key.pem -out cert.pem -days 30 -subj /CN=x -addext subjectAltName=DNS:localhost"
      )
    } else {
      let days = certificate == .expired ? "-1" : "30"
      isMade =
        openssl("req -new \(key) -keyout key.pem -out cert.csr -subj /CN=\(name)")
        && openssl(
          "x509 -req -in cert.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days \(days) "
            + "-extfile names")
    }
    // -www answers each request with a page about the connection.
    guard isMade,
      let command = try? RunningCommand([
        "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", directory.file("cert.pem"), "-key",
        directory.file("key.pem"),
      ])
    else { return nil }
    self.command = command
    guard command.wait(until: { out, _ in out.contains("ACCEPT 127.0.0.1:") && out.contains("\n") }),
      let line = command.stdout.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT 127.0.0.1:") }),
      let port = Int(line.dropFirst("ACCEPT 127.0.0.1:".count))
    else {
      command.kill()
      return nil
    }
    self.port = port
  }

  deinit { command.kill() }

  /// Its address: `https://localhost:40123/`.
  public var url: String { "https://localhost:\(port)/" }
}
