import { committedId } from '../tree/create-operation.ts'
import type { DataModel } from '../tree/data-model.ts'
import { everyone, nobody } from '../tree/domain.ts'
import { treeOf } from '../tree/tree.ts'
import { type Checksums, keepChecksums } from './checksums.ts'

/** Of a server's tree, by player; a stranger is null. */
export function createPlaceChecksums(game: DataModel): Checksums {
  const tree = treeOf(game)
  return keepChecksums(
    tree,
    {
      domainOf: ({ committedDomain }) => committedDomain,
      ownedDomainOf: ({ owned }) => owned?.committed ?? nobody,
      recordOf: (_node, record) => record,
      idOf: (target, domain) => committedId(tree, target, domain),
    },
    (playerId) => {
      const met = playerId === null ? [] : (tree.snapshot.audiences.get(playerId) ?? [])
      return new Set(tree.domains.seenBy(met).map(({ domain }) => domain)).add(everyone)
    },
  )
}
