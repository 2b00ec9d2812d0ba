export { type CallOutcome, type RemoteCall, sendCall } from './calls/send-call.ts'
export { type Cast, createCast } from './cast/cast.ts'
export type { PlainValue } from './cast/plain-value.ts'
export type {
  AudienceStep,
  CreateStep,
  Half,
  Json,
  NestedStep,
  PropertyInput,
  Rule,
  Spot,
  TreeStep,
} from './cast/tree-step.ts'
export { type RunTestPlaceOptions, runTestPlace } from './failure/run-test-place.ts'
export type { ViewListeners } from './leaks/view-listeners.ts'
export { literal } from './literal/literal.ts'
export { expectConverged, type Witness } from './oracle/expect-converged.ts'
export { type Difference, differenceText, firstDifference } from './oracle/first-difference.ts'
export { createsText, type ViewTextOptions, valueText, viewText } from './oracle/view-text.ts'
export { createTestPlace } from './place/create-test-place.ts'
export { createPlayerNetwork, type PlayerNetwork } from './place/player-network.ts'
export type { JoinOptions, TestPlace, UntilOptions } from './place/test-place.ts'
export { type Checks, expectName, type TestPlaceOptions } from './place/test-place-options.ts'
export type { TestPlayer } from './place/test-player.ts'
export { TestingError, type TestingErrorCode, unknownPlayer } from './testing-error.ts'
export type { WaitingTimer } from './time/timer-ledger.ts'
export type { Envelope } from './time/virtual-time.ts'
export { createRecorder, type Recorder, type RecorderOptions } from './trace/recorder.ts'
export { type Replay, replayTrace } from './trace/replay/replay.ts'
export { timeline } from './trace/timeline/timeline.ts'
export type { TimelineOptions } from './trace/timeline/timeline-options.ts'
export type { CausedOperations, Trace, TraceEntry } from './trace/trace.ts'
export { decodeTrace, encodeTrace } from './trace/trace-codec.ts'
export { readTrace, writeTrace } from './trace/trace-file.ts'
export { asRegressionTest, describeTrial, type RegressionOptions } from './trial/describe-trial.ts'
export { runTrial, type TrialOptions } from './trial/run-trial.ts'
export { type ShrinkOptions, type Shrunk, shrinkTrial } from './trial/shrink-trial.ts'
export type { PlayerStep, Trial, TrialStep } from './trial/trial.ts'
export type { TrialReport } from './trial/trial-report.ts'
