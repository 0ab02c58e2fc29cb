// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "precis-package",
  targets: [
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "PrecisDigest", dependencies: ["CCrypto"]),
    .target(name: "PrecisJSON"),
    .target(name: "PrecisModel", dependencies: ["PrecisJSON", "PrecisDigest"]),
  ]
)
