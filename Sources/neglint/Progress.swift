import Dispatch
import Synchronization

/// Shows on a terminal what the program is doing, once it has taken more than a second.
final class Progress: Sendable {
  private struct State {
    var stage = ""
    var isShown = false
    var isDone = false
  }

  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let isEnabled: Bool

  /// Starts to watch.
  ///
  /// - Parameter isEnabled: Whether to show anything: standard error is a terminal.
  init(isEnabled: Bool) {
    self.isEnabled = isEnabled
    if isEnabled { schedule(after: 1_000) }
  }

  /// Says what is being done from now on.
  func enter(_ stage: String) { state.withLock { $0.stage = stage } }

  /// How long the program has been at it.
  var elapsed: Duration { ContinuousClock.now - start }

  /// Removes what was shown.
  func finish() {
    state.withLock { state in
      state.isDone = true
      if state.isShown { Progress.show("\r\u{1B}[K") }
    }
  }

  private func schedule(after milliseconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
      [weak self] in
      guard let self, self.update() else { return }
      self.schedule(after: 250)
    }
  }

  /// Shows the stage and the time; false when there is nothing more to show.
  private func update() -> Bool {
    state.withLock { state in
      guard !state.isDone else { return false }
      state.isShown = true
      Progress.show("\r\(Product.name): \(state.stage), \(elapsed.components.seconds) s\u{1B}[K")
      return true
    }
  }

  private static func show(_ text: String) {
    // Progress that cannot be shown is no loss.
    _ = FileOutput.write(Array(text.utf8), to: 2)
  }
}
