/** A world that is cut into cells, of which each viewer sees some that change as it walks on. */
export interface GridWork {
  readonly viewers: number
  readonly entities: number
  readonly cells: number
  readonly cellsInView: number
  readonly movesPerTick: number
  /** Viewers that step into the next cell at each tick. */
  readonly stepsPerTick: number
  readonly tickHz: number
}

/** A viewer's step: one cell comes into view, another goes out of it. */
export interface ViewStep {
  readonly viewer: number
  readonly enters: number
  readonly leaves: number
}

/** The cell that an entity stays in, however it moves. */
export function cellOf(index: number, { cells }: GridWork): number {
  return index % cells
}

/** The entities of a cell. */
export function indexesIn(cell: number, { cells, entities }: GridWork): readonly number[] {
  return Array.from({ length: Math.ceil((entities - cell) / cells) }, (_, at) => cell + at * cells)
}

/** Where all viewers are, and how they go on. */
export interface Grid {
  /** The cells that a viewer sees now. */
  cellsOf(viewer: number): readonly number[]
  /** The steps of one tick, taken. */
  step(): readonly ViewStep[]
}

export function createGrid({ viewers, cells, cellsInView, stepsPerTick }: GridWork): Grid {
  // Spread out, so that each cell has about as many viewers as any other.
  const starts = Array.from({ length: viewers }, (_, viewer) => (viewer * 7) % cells)
  let next = 0
  return {
    cellsOf(viewer) {
      const start = starts[viewer] ?? 0
      return Array.from({ length: cellsInView }, (_, at) => (start + at) % cells)
    },
    step: () =>
      Array.from({ length: Math.min(stepsPerTick, viewers) }, () => {
        const viewer = next
        next = (next + 1) % viewers
        const leaves = starts[viewer] ?? 0
        starts[viewer] = (leaves + 1) % cells
        return { viewer, leaves, enters: (leaves + cellsInView) % cells }
      }),
  }
}
