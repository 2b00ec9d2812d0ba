export type { Beginning, Cause, Consequence, Descent } from './causes/cause.ts'
export type { Causes } from './causes/cause-log.ts'
export { describeCause } from './causes/describe-cause.ts'
export { createGate, type Gate, type GateOptions } from './gate/gate.ts'
export type { DynamicPlaces, PlaceFactory, Places } from './gate/place-directory.ts'
export type { Authenticate, Identity } from './join/identity.ts'
export type { DropCounts, DropReason } from './limits/drop-counts.ts'
export { defaultLimits, type Limits } from './limits/limits.ts'
export type { Rate } from './limits/token-bucket.ts'
export { createLineLimit, type LineLimit, type LineLimitOptions } from './log/line-limit.ts'
export { createConsoleLog, type Log } from './log/log.ts'
export type { DeliveryBound } from './outbox/delivery-log.ts'
export { createPlace } from './place/create-place.ts'
export type { Place, PlaceStats } from './place/place.ts'
export type { PlaceOptions } from './place/place-options.ts'
export type {
  PlayerSignal,
  RemoteHandle,
  RemoteLookup,
  RequestContext,
  RequestHandle,
  RequestHandler,
  ToClientHandle,
  ToServerHandle,
} from './remotes/remote-handle.ts'
export { type Cleanup, type Script, type ScriptBody, type ScriptScope, script } from './scripts/script.ts'
export type { DesyncReport } from './sentinel/desync-report.ts'
export type { RecentPatch } from './sentinel/recent-patches.ts'
export type { SentinelOptions } from './sentinel/sentinel.ts'
export { ServerError, type ServerErrorCode } from './server-error.ts'
export type { Task, TaskBody, Tasks, TaskWaitOptions } from './tasks/task.ts'
