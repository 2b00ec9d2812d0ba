/** How one direction of a line is. */
export interface LineConditions {
  /** What every frame takes at least, 0 to 60,000. */
  readonly latencyMs: number
  /** At most what a frame takes more, evenly spread, 0 to 60,000. It changes no order: who is late holds up who comes behind. */
  readonly jitterMs: number
  /** The part of the unreliable frames that is lost, and of the reliable ones that takes `retransmitMs` more; 0 to 1. */
  readonly loss: number
  /** 0 to 60,000; 200 unless told otherwise. */
  readonly retransmitMs: number
  /** The part of the unreliable frames that comes up to 100 ms later and holds nobody up; 0 to 1. */
  readonly reorder: number
  /** 1 to 1e9; each frame leaves when it and those before it have passed. Null: no cap. */
  readonly bytesPerSecond: number | null
}

/** How long a player's lines are whole, and then cut and refused: at least and at most, drawn anew each time; 1 to 3,600,000 each. */
export interface Flap {
  readonly upMs: readonly [number, number]
  readonly downMs: readonly [number, number]
}

/** Changes to a player's conditions; what is left out stays as it is. Those at the top are for both directions. */
export interface NetworkConditions extends Partial<LineConditions> {
  /** From the client to the server. */
  readonly up?: Partial<LineConditions>
  readonly down?: Partial<LineConditions>
  /** Holds everything both ways, in silence, until it ends; then it arrives, in order. */
  readonly isPartitioned?: boolean
  /** Begins anew, whole; null ends it. */
  readonly flap?: Flap | null
  /** Begins the player's random numbers anew. */
  readonly seed?: number
}

/** All of a player's conditions. */
export interface SettledConditions {
  readonly up: LineConditions
  readonly down: LineConditions
  readonly isPartitioned: boolean
  /** Whether every attempt to connect is refused. */
  readonly isBlocked: boolean
  readonly flap: Flap | null
  readonly seed: number
}

const wholeLine: LineConditions = Object.freeze({
  latencyMs: 0,
  jitterMs: 0,
  loss: 0,
  retransmitMs: 200,
  reorder: 0,
  bytesPerSecond: null,
})

/** The conditions of a network that changes nothing. */
export function noConditions(seed: number): SettledConditions {
  return Object.freeze({
    up: wholeLine,
    down: wholeLine,
    isPartitioned: false,
    isBlocked: false,
    flap: null,
    seed,
  })
}

/** Whether a frame passes as if there were no network. */
export function isWhole(line: LineConditions): boolean {
  const { latencyMs, jitterMs, loss, reorder, bytesPerSecond } = line
  return latencyMs === 0 && jitterMs === 0 && loss === 0 && reorder === 0 && bytesPerSecond === null
}

/** New conditions, frozen; expects changes that were checked. */
export function changeConditions(settled: SettledConditions, changes: NetworkConditions): SettledConditions {
  const { isPartitioned = settled.isPartitioned, flap = settled.flap, seed = settled.seed } = changes
  return Object.freeze({
    up: changeLine(changeLine(settled.up, changes), changes.up ?? {}),
    down: changeLine(changeLine(settled.down, changes), changes.down ?? {}),
    isPartitioned,
    isBlocked: settled.isBlocked,
    flap,
    seed,
  })
}

function changeLine(line: LineConditions, changes: Partial<LineConditions>): LineConditions {
  const {
    latencyMs = line.latencyMs,
    jitterMs = line.jitterMs,
    loss = line.loss,
    retransmitMs = line.retransmitMs,
    reorder = line.reorder,
    bytesPerSecond = line.bytesPerSecond,
  } = changes
  return Object.freeze({ latencyMs, jitterMs, loss, retransmitMs, reorder, bytesPerSecond })
}
