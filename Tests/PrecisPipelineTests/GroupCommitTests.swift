import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisPipeline

@Suite("When a group is made durable", .mustEnd)
struct GroupCommitTests {
  private let start = ContinuousClock.now

  /// A group to which outcomes came so many milliseconds after the start.
  private func group(_ moments: some Sequence<Int>) -> GroupCommit {
    var group = GroupCommit()
    for (number, moment) in moments.enumerated() {
      let url = "https://a.example/\(number)"
      group.add(
        FeedReport(id: FeedID(url: url), url: url, title: "", outcome: .unchanged),
        at: start + .milliseconds(moment))
    }
    return group
  }

  @Test("at once where no other feed is on its way")
  func alone() {
    #expect(!GroupCommit().isDue(at: start, isBusy: false))
    #expect(group([0]).isDue(at: start, isBusy: false))
  }

  @Test("while others are on their way, when none came for a while: one that hangs holds up nobody")
  func lull() {
    #expect(!group([0, 20]).isDue(at: start + .milliseconds(30), isBusy: true))
    #expect(group([0, 20]).isDue(at: start + .milliseconds(45), isBusy: true))
  }

  @Test("while others keep coming, when the first has waited long enough or they are many")
  func patience() {
    let busy = group(stride(from: 0, through: 90, by: 10))
    #expect(!busy.isDue(at: start + .milliseconds(99), isBusy: true))
    #expect(busy.isDue(at: start + .milliseconds(100), isBusy: true))
    var many = group(repeatElement(0, count: GroupCommit.outcomeLimit))
    #expect(many.isDue(at: start, isBusy: true))
    #expect(many.takeWaiting().reports.count == GroupCommit.outcomeLimit && many.isEmpty)
  }

  @Test("what comes while one goes on waits for the next")
  func underWay() {
    var group = group([0, 1])
    #expect(
      group.begin().map(\.reports.count) == nil && group.isUnderWay && !group.isWaiting && !group.isEmpty)
    group.add(FeedReport(id: FeedID(url: "b"), url: "b", title: "b", outcome: .failed), at: start)
    #expect(group.begin()?.reports.count == 2)
    #expect(group.end()?.reports.map(\.title) == ["b"])
    #expect(group.isEmpty && group.end() == nil)
  }
}
