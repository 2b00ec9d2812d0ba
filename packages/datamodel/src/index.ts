export type { Audience, NamedAudience } from './audiences/audience.ts'
export { type Audiences, createAudiences } from './audiences/audiences.ts'
export type { PredicateOptions } from './audiences/predicate-audience.ts'
export {
  type Branch,
  type BranchForm,
  type BranchQuestion,
  branchLevelCap,
  branchWidth,
  differingParts,
  isSameChecksum,
  type MeasuredBranch,
} from './checksum/branch.ts'
export type { Checksums } from './checksum/checksums.ts'
export type { Checksum } from './checksum/hasher.ts'
export { createPlaceChecksums } from './checksum/place-checksums.ts'
export { createReplicaChecksums } from './checksum/replica-checksums.ts'
export { BindableEvent, BindableFunction, type BindableHandler } from './classes/bindables.ts'
export { requireOwnInstances } from './classes/peer-access.ts'
export { Backpack, Player, PlayerGui } from './classes/player.ts'
export { addPlayer, type LeaveReason, Players, removePlayer, setLocalPlayer } from './classes/players.ts'
export {
  BaseRemoteEvent,
  deliverEvent,
  droppedEventsOf,
  isUnreliableRemote,
  RemoteEvent,
  UnreliableRemoteEvent,
} from './classes/remote-event.ts'
export {
  type InvokeHandler,
  invokeHandlerOf,
  onHandlerSet,
  RemoteFunction,
} from './classes/remote-function.ts'
export {
  ReplicatedFirst,
  ReplicatedStorage,
  ServerScriptService,
  ServerStorage,
  type ServiceMap,
  type ServiceName,
  StarterGui,
  StarterPack,
  StarterPlayer,
  Teams,
  Workspace,
} from './classes/services.ts'
export {
  BoolValue,
  CFrameValue,
  Color3Value,
  IntValue,
  NumberValue,
  ObjectValue,
  StringValue,
  Vector3Value,
} from './classes/value-objects.ts'
export { Configuration, Folder, Model, Part, Team } from './classes/world.ts'
export type { Clock } from './clock.ts'
export {
  type ArgumentKind,
  argumentDepthCap,
  argumentKind,
  copyArgument,
  copyArguments,
} from './data/argument.ts'
export { applyNestedEdits, type NestedEdit, type NestedPath } from './data/nested-edit.ts'
export {
  type DeepReadonly,
  isPlainObject,
  isPrototypeKey,
  ownPlain,
  plainDepthCap,
  plainProblem,
  stringLengthCap,
} from './data/plain-value.ts'
export {
  elementSize,
  type TypedArray,
  type TypedArrayName,
  typedArrayName,
  typedArrayNames,
  typedArrayOver,
} from './data/typed-array.ts'
export { DataModelError, type DataModelErrorCode } from './errors.ts'
export { type FoldedOperations, type FoldOptions, foldOperations } from './fold/fold-operations.ts'
export type { Access, VisibleTo } from './instance/access.ts'
export { Instance, type InstanceOptions } from './instance/instance.ts'
export type { ClassKey } from './instance/lookup.ts'
export type { NestedDraft, NestedEditor } from './instance/nested-update.ts'
export type { Attributes, InstanceRecord } from './instance/record.ts'
export type { WaitForChildOptions } from './instance/wait-for-child.ts'
export { Edit, IntMap } from './int-map/int-map.ts'
export { type AttributeValue, attributeNameProblem, attributeValueProblem } from './naming/attribute.ts'
export { instanceNameLengthCap, instanceNameProblem } from './naming/instance-name.ts'
export { tagLengthCap, tagProblem } from './naming/tag.ts'
export type { InvokeOptions, Peer } from './peer.ts'
export { bool } from './properties/boolean.ts'
export { color3 } from './properties/color.ts'
export { cframe, vector2, vector3 } from './properties/geometry.ts'
export { nested } from './properties/nested.ts'
export { float, float32, int } from './properties/numbers.ts'
export { stepsOf, valueOfSteps } from './properties/precision.ts'
export type {
  NumberOptions,
  PropertyAudience,
  PropertyKind,
  PropertyOptions,
  PropertyType,
  ValueOptions,
} from './properties/property-type.ts'
export { reference } from './properties/reference.ts'
export { shiftedValue, stepCountOf } from './properties/shifted-value.ts'
export { type OneOfOptions, oneOf, string } from './properties/strings.ts'
export type { Random } from './random.ts'
export { applyBelow } from './replica/apply-below.ts'
export {
  type AppliedPatch,
  applyPatch,
  applyRuns,
  type ReplicaPatch,
  type ReplicaRuns,
} from './replica/apply-patch.ts'
export {
  applySnapshot,
  type ReplicaSnapshot,
  type SnapshotStamp,
  showSnapshot,
} from './replica/apply-snapshot.ts'
export { type Difference, differencesBelow } from './replica/differences.ts'
export { replicaView } from './replica/replica-view.ts'
export { createSnapshotStage, type SnapshotStage } from './replica/snapshot-stage.ts'
export type {
  ClassAudience,
  ClassSchema,
  ClassTraits,
  PropertySchema,
  PropertyTypes,
} from './schema/class-schema.ts'
export {
  type AnyInstanceClass,
  type ClassOptions,
  defineClass,
  type InstanceClass,
  type PropertiesOf,
  type PropertyValues,
  type RecordOf,
} from './schema/define-class.ts'
export { defineTree, type TreeDefinition } from './schema/tree-definition.ts'
export { Signal, type SignalOptions, type WaitOptions } from './signals/signal.ts'
export type { Connection } from './signals/signal-connection.ts'
export {
  createSignalQueue,
  type QueuedCall,
  type SignalQueue,
  type SignalQueueOptions,
  signalDepthCap,
} from './signals/signal-queue.ts'
export {
  type DomainView,
  domainViewsOf,
  type SeenOperation,
  viewByAudience,
} from './tree/audience-views.ts'
export { type Authority, serverAuthority } from './tree/authority.ts'
export { type CausedOperation, causedOperations } from './tree/caused-operations.ts'
export { DataModel } from './tree/data-model.ts'
export { type AudienceId, type Domain, everyone, meets, nobody } from './tree/domain.ts'
export type { DomainChange, Glimpses } from './tree/glimpses.ts'
export { listenerCensus } from './tree/listener-census.ts'
export type {
  CommitOptions,
  Create,
  Operation,
  OperationCause,
  Patch,
  PropertyEntry,
  SetOperation,
  Shift,
  ShiftEntry,
  SnapshotOperation,
} from './tree/operation.ts'
export {
  createPatchShares,
  isEmptyPatch,
  operationsFor,
  type PatchShare,
  type SharedPatch,
} from './tree/patch-shares.ts'
export { causesOf, operationsOf, type Segment } from './tree/segment.ts'
export { operationsOfRun, type SetColumn, type SetRun } from './tree/set-run.ts'
export { describeValues, type SeparatedSegment, separateSkipping } from './tree/skipping-values.ts'
export {
  expandRuns,
  runsOf,
  type ToldColumn,
  type ToldCreates,
  type ToldRun,
  type ToldSets,
} from './tree/told-run.ts'
export type { DataModelOptions, Side } from './tree/tree.ts'
export { rootId, type TreeSnapshot, type TreeStamp } from './tree/tree-snapshot.ts'
export { view, viewBelow } from './tree/view.ts'
export { isVisibleAt, isVisibleNow } from './tree/visibility.ts'
export { CFrame, type CFrameComponents } from './values/cframe.ts'
export { Color3 } from './values/color3.ts'
export { rotationOf } from './values/rotation.ts'
export { rotationUnit, stepsOfRotation } from './values/rotation-steps.ts'
export { isSameValue, isValueType, type ValueType } from './values/value-type.ts'
export { Vector2 } from './values/vector2.ts'
export { Vector3 } from './values/vector3.ts'
