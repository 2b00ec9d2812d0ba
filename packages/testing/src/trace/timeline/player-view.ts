import {
  applyPatch,
  applySnapshot,
  DataModel,
  type Operation,
  replicaView,
  type SnapshotOperation,
} from '@banyan/datamodel'
import {
  createManualClock,
  type DownMessage,
  type GameDefinition,
  type PatchStamp,
  type ReceivedPatch,
  type SnapshotPart,
} from '@banyan/protocol'
import { createLineFilter } from '../line-filter.ts'
import type { CauseIndex } from './cause-index.ts'
import { operationLines } from './operation-words.ts'
import { viewDifference } from './view-difference.ts'

/** What one player has seen so far, to name what frames say in numbers. */
export interface PlayerView {
  /** `Workspace.Racers.ana`, or `#12` for what the player does not have. */
  readonly pathOf: (id: number) => string
  /** The last part of the path. */
  readonly nameOf: (id: number) => string
  /** Takes in what a message changes, and tells each change in words. Never throws. */
  take(line: number, message: DownMessage): readonly string[]
}

/** Has seen nothing yet. */
export function createPlayerView(definition: GameDefinition, causes: CauseIndex): PlayerView {
  const game = new DataModel({ definition, clock: createManualClock(), report: () => {} })
  const filter = createLineFilter()
  let epoch: string | null = null
  let seq = 0
  let parts: SnapshotOperation[] = []
  let partsLine = 0
  let shown: PatchStamp | null = null

  function pathOf(id: number): string {
    return game.getInstanceById(id)?.getFullName() ?? `#${id}`
  }

  function classNumberOf(id: number): number | null {
    const made = definition.classByName.get(game.getInstanceById(id)?.className ?? '')
    return made === undefined ? null : definition.classNumberOf(made.schema)
  }

  function shownOf(id: number, property: string): unknown {
    const record = game.getInstanceById(id)?.record
    return record === undefined || record === null ? undefined : Reflect.get(record.properties, property)
  }

  /** What goes, moves or is renamed is called as it was, the rest as it is then. */
  function change(apply: () => readonly Operation[], known: readonly Operation[], upTo: number): string[] {
    const old = new Map(known.map(({ id }) => [id, pathOf(id)]))
    const names = {
      definition,
      pathOf,
      oldPathOf: (id: number) => old.get(id) ?? pathOf(id),
      classNumberOf,
      shownOf,
    }
    const [operations, problem] = attempt(apply, known)
    const span = { afterSeq: seq, seq: upTo }
    const lines = operations.flatMap((operation) =>
      operationLines(operation, names).map(({ key, id, words }) => {
        const cause = causes.causeOf(key, span) ?? causes.causeOf(`create ${id}`, span)
        return cause === null ? words : `${words}  ← ${cause}`
      }),
    )
    seq = upTo
    return problem === null ? lines : [...lines, problem]
  }

  function takePatch(patch: ReceivedPatch): readonly string[] {
    // As the client does: a snapshot may hold already what was on its way.
    if (patch.seq <= seq) return []
    const apply = (): readonly Operation[] => {
      applyPatch(game, patch)
      return patch.operations
    }
    return change(apply, patch.operations, patch.seq)
  }

  function takePart(line: number, { operations, end }: SnapshotPart): void {
    if (shown !== null || line !== partsLine) parts = []
    partsLine = line
    for (const operation of operations) parts.push(operation)
    shown = end
  }

  /** The snapshot that came before this frame, where one did. */
  function takeSnapshot(line: number, epochNow: string | null): readonly string[] {
    if (shown === null || line !== partsLine) return []
    const at = shown
    const operations = parts
    shown = null
    parts = []
    const isSameRun = epochNow === epoch
    const before = replicaView(game)
    const gone = before.map(({ id }): Operation => ({ kind: 'remove', id }))
    const apply = (): readonly Operation[] => {
      const tree = isSameRun || epoch === null ? 'same' : 'other'
      epoch = epochNow
      applySnapshot(game, { ...at, operations, tree })
      // Everything is new to who comes, and would say little.
      return isSameRun ? viewDifference(before, replicaView(game), definition) : []
    }
    return change(apply, isSameRun ? gone : [], at.seq)
  }

  return {
    pathOf,
    nameOf: (id) => game.getInstanceById(id)?.name ?? `#${id}`,
    take(line, message) {
      if (!filter.takes(line, message.kind)) return []
      if (message.kind === 'snapshot') takePart(line, message)
      if (message.kind !== 'welcome' && message.kind !== 'patches') return []
      const changes = takeSnapshot(line, message.kind === 'welcome' ? message.epoch : epoch)
      return [...changes, ...message.patches.flatMap(takePatch)]
    },
  }
}

/** The changes that were made, or those that were meant and what is wrong with them. */
function attempt(
  apply: () => readonly Operation[],
  known: readonly Operation[],
): readonly [operations: readonly Operation[], problem: string | null] {
  try {
    return [apply(), null]
  } catch (error) {
    return [known, `! a client cannot take this: ${error instanceof Error ? error.message : String(error)}`]
  }
}
