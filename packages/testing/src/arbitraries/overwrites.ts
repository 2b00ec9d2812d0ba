import fc, { type Arbitrary } from 'fast-check'
import type { OverwriteStep } from '../trial/trial.ts'
import { plainRecord } from './plain-values.ts'
import { type Thing, type TreeArbitraryOptions, valuesFor } from './things.ts'

/** A page's write over a value that everyone sees. Null where nobody plays, or nothing has such values. */
export function overwrite(
  things: readonly Thing[],
  options: TreeArbitraryOptions,
): Arbitrary<OverwriteStep> | null {
  const { players = [] } = options
  const writes = things.flatMap((thing) =>
    thing.properties
      .filter(({ type }) => type.visibleTo === 'everyone' && type.kind !== 'reference')
      .map((property) =>
        plainRecord({
          kind: fc.constant('overwrite' as const),
          player: fc.constantFrom(...players),
          thing: fc.constant(thing.label),
          property: fc.constant(property.name),
          value: valuesFor(thing, property, { options, spots: fc.constant(null) }),
        }),
      ),
  )
  return players.length === 0 || writes.length === 0 ? null : fc.oneof(...writes)
}
