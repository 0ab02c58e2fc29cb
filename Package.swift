// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where CI says so; a newer compiler's new warning must not stop a user's build.
let settings: [SwiftSetting] =
  Context.environment["PRECIS_WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// One module a stage; `docs/architecture.md` tells what each does.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.target(name: name), "PrecisTestLimits", "PrecisTestSupport"] + dependencies,
    swiftSettings: settings)
}

func library(_ name: String, _ package: String, _ debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: package, providers: [.apt([debian])])
}

let package = Package(
  name: "precis-package",
  products: [
    .executable(name: "precis", targets: ["precis"]),
    .executable(name: "precis-demo-server", targets: ["PrecisDemoServer"]),
    .executable(name: "precis-store-bench", targets: ["PrecisStoreBench"]),
    .library(name: "PrecisStore", targets: ["PrecisStore", "PrecisModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    library("CCrypto", "libcrypto", "libssl-dev"),
    library("CCurl", "libcurl", "libcurl4-openssl-dev"),
    library("CMicroHTTPD", "libmicrohttpd", "libmicrohttpd-dev"),
    library("CSQLite", "sqlite3", "libsqlite3-dev"),
    library("CXML2", "libxml-2.0", "libxml2-dev"),
    .target(name: "CClockShims"),
    .target(name: "CStoreShims"),
    .target(name: "CCurlShims", dependencies: ["CCurl"]),
    .target(name: "CMicroHTTPDShims", dependencies: ["CMicroHTTPD"]),
    .target(name: "CSQLiteShims", dependencies: ["CSQLite"]),

    module("PrecisJSON"),
    module("PrecisDigest", ["CCrypto"]),
    module("PrecisModel", ["PrecisJSON", "PrecisDigest"]),
    module("PrecisURL"),
    module("PrecisEntities"),
    module("PrecisSchedule", ["PrecisModel", "PrecisURL"]),
    module("PrecisFetch", ["CCurl", "CCurlShims", "PrecisURL", "PrecisModel"]),
    module("PrecisParse", ["PrecisEntities", "PrecisURL", "PrecisJSON", "PrecisModel"]),
    module("PrecisHTML", ["PrecisEntities", "PrecisURL", "PrecisModel"]),
    module("PrecisPostings", ["PrecisModel"]),
    module("PrecisIdentity", ["PrecisURL", "PrecisDigest", "PrecisModel"]),
    module("PrecisNormalise", ["PrecisURL", "PrecisHTML", "PrecisIdentity", "PrecisDigest", "PrecisModel"]),
    module("PrecisDedup", ["PrecisIdentity", "PrecisModel", "PrecisDigest"]),
    module("PrecisWords"),
    module("PrecisNearDuplicate", ["PrecisJSON", "PrecisModel", "PrecisPostings", "PrecisWords"]),
    module("PrecisExtract", ["CXML2", "PrecisJSON", "PrecisModel"]),
    module("PrecisCurate", ["PrecisURL", "PrecisDigest", "PrecisJSON", "PrecisModel"]),
    module("PrecisRelated", ["PrecisModel", "PrecisPostings", "PrecisWords"]),
    module(
      "PrecisStore",
      ["CStoreShims", "CSQLite", "CSQLiteShims", "PrecisJSON", "PrecisDigest", "PrecisModel"]),
    module("PrecisViews", ["CSQLite", "PrecisJSON", "PrecisModel"]),
    module("PrecisBrief", ["PrecisModel", "PrecisDigest", "PrecisJSON"]),
    module("PrecisDiscover", ["CXML2", "PrecisURL", "PrecisModel"]),
    module("PrecisConfig", [.product(name: "TOMLKit", package: "TOMLKit")]),
    module("PrecisControl", ["CMicroHTTPD", "CMicroHTTPDShims", "PrecisJSON"]),
    module("PrecisSystemd", [.product(name: "Logging", package: "swift-log")]),
    module(
      "PrecisPipeline",
      [
        "CClockShims", "PrecisConfig", "PrecisCurate", "PrecisDedup", "PrecisDigest", "PrecisDiscover",
        "PrecisExtract",
        "PrecisFetch",
        "PrecisHTML", "PrecisIdentity", "PrecisJSON", "PrecisModel", "PrecisNearDuplicate", "PrecisNormalise",
        "PrecisParse", "PrecisPostings", "PrecisRelated", "PrecisSchedule", "PrecisStore", "PrecisURL",
        "PrecisViews",
        .product(name: "Logging", package: "swift-log"),
      ]),
    module(
      "PrecisDaemon",
      [
        "PrecisConfig", "PrecisControl", "PrecisJSON", "PrecisModel", "PrecisParse", "PrecisPipeline",
        "PrecisStore", "PrecisSystemd", "PrecisViews",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "precis",
      dependencies: [
        "PrecisBrief", "PrecisConfig", "PrecisControl", "PrecisCurate", "PrecisDaemon", "PrecisDedup",
        "PrecisExtract", "PrecisHTML", "PrecisIdentity", "PrecisJSON", "PrecisModel", "PrecisNearDuplicate",
        "PrecisParse", "PrecisPipeline",
        "PrecisStore", "PrecisSystemd", "PrecisURL", "PrecisViews",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "PrecisDemoServer", dependencies: ["PrecisTestSupport"], swiftSettings: settings),
    .executableTarget(
      name: "PrecisStoreBench", dependencies: ["PrecisStore", "PrecisModel"], path: "Benchmarks/StoreBench",
      exclude: ["baseline.c"], swiftSettings: settings),

    .executableTarget(
      name: "precis-library-benchmark",
      dependencies: ["PrecisModel", "PrecisNearDuplicate", "PrecisPostings", "PrecisRelated"],
      path: "Benchmarks/Library", swiftSettings: settings),
    .target(name: "PrecisTestSupport", path: "Tests/PrecisTestSupport", swiftSettings: settings),
    // Apart, because the demo's server uses the other, and nothing of the tests.
    .target(name: "PrecisTestLimits", path: "Tests/PrecisTestLimits", swiftSettings: settings),
    tests("PrecisBrief", ["PrecisJSON", "PrecisModel"]),
    tests("PrecisConfig"),
    tests("PrecisControl"),
    tests("PrecisCurate", ["PrecisModel"]),
    tests("PrecisDedup", ["PrecisIdentity", "PrecisModel"]),
    tests("PrecisDiscover", ["PrecisURL"]),
    tests("PrecisEntities"),
    tests("PrecisExtract", ["PrecisModel"]),
    tests("PrecisFetch", ["PrecisModel", "PrecisURL"]),
    tests("PrecisHTML", ["PrecisModel", "PrecisURL"]),
    tests("PrecisIdentity", ["PrecisModel"]),
    tests("PrecisJSON"),
    tests("PrecisNearDuplicate", ["PrecisModel", "PrecisPostings"]),
    tests("PrecisNormalise", ["PrecisDigest", "PrecisModel"]),
    tests("PrecisParse", ["PrecisModel"]),
    tests(
      "PrecisPipeline",
      [
        .product(name: "Logging", package: "swift-log"), "PrecisConfig", "PrecisFetch", "PrecisHTML",
        "PrecisJSON",
        "PrecisModel", "PrecisSchedule", "PrecisStore",
      ]),
    tests("PrecisPostings", ["PrecisModel"]),
    tests("PrecisRelated", ["PrecisModel", "PrecisPostings"]),
    tests(
      "PrecisSchedule",
      [
        .product(name: "Logging", package: "swift-log"), "PrecisConfig", "PrecisJSON", "PrecisModel",
        "PrecisPipeline", "PrecisStore",
      ]),
    tests("PrecisStore", ["CStoreShims", "PrecisModel", "PrecisViews"]),
    tests("PrecisURL"),
    tests("PrecisViews", ["CSQLite", "PrecisJSON", "PrecisModel"]),
    .testTarget(
      name: "PrecisTests",
      dependencies: ["precis", "PrecisControl", "PrecisJSON", "PrecisTestLimits", "PrecisTestSupport"],
      swiftSettings: settings),
  ]
)
