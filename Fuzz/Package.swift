// swift-tools-version: 6.1
// libFuzzer harnesses for everything that reads what strangers wrote. Built and run by run.sh.
import PackageDescription

let package = Package(
  name: "precis-fuzz",
  targets: [
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
    .target(name: "PrecisURL"),
    .target(name: "PrecisEntities"),
    .target(name: "PrecisJSON"),
    .target(name: "PrecisDigest", dependencies: ["CCrypto"]),
    .target(name: "PrecisModel", dependencies: ["PrecisJSON", "PrecisDigest"]),
    .target(name: "PrecisParse", dependencies: ["PrecisEntities", "PrecisURL", "PrecisJSON", "PrecisModel"]),
    .target(name: "PrecisHTML", dependencies: ["PrecisEntities", "PrecisURL", "PrecisModel"]),
    .executableTarget(
      name: "fuzz", dependencies: ["PrecisParse", "PrecisHTML", "PrecisJSON"], path: "Harness",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
  ]
)
