import { replicaIdOf, withoutOverlay } from '../replica/replica-view.ts'
import type { DataModel } from '../tree/data-model.ts'
import { type Domain, everyone, nobody } from '../tree/domain.ts'
import { treeOf } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'
import { type Checksums, keepChecksums } from './checksums.ts'

const all: ReadonlySet<Domain> = new Set([everyone])

/** Of a client's tree: of what its player was told, whoever is asked for. */
export function createReplicaChecksums(game: DataModel): Checksums {
  return keepChecksums(
    treeOf(game),
    {
      domainOf: ({ id, schema }) => (id >= rootId && schema.audience !== 'nobody' ? everyone : nobody),
      ownedDomainOf: () => everyone,
      recordOf: withoutOverlay,
      idOf: replicaIdOf,
    },
    () => all,
  )
}
