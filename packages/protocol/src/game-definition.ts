import { type AnyInstanceClass, defineTree, type TreeDefinition } from '@banyan/datamodel'
import { type Contract, isUnreliable } from './remotes/contract.ts'
import type { RemoteContracts } from './remotes/define-remotes.ts'

/** What server, client and tests share about a game. Frozen, without state. */
export interface GameDefinition<Remotes extends RemoteContracts = RemoteContracts> extends TreeDefinition {
  readonly remotes: Remotes
  /** Equal where classes, properties and contracts are; schemas themselves cannot be compared. */
  readonly hash: string
}

/** What a game is made of. */
export interface GameParts<Remotes extends RemoteContracts> {
  readonly classes?: readonly AnyInstanceClass[]
  readonly remotes?: Remotes
}

/** Numbers the classes in their order and hashes all that a client must agree on. Throws DataModelError 'invalidDefinition'. */
export function defineGame<Remotes extends RemoteContracts = Readonly<Record<never, never>>>(
  parts: GameParts<Remotes> = {},
): GameDefinition<Remotes> {
  const tree = defineTree({ classes: parts.classes ?? [] })
  const remotes = parts.remotes ?? ({} as Remotes)
  const contracts = Object.values(remotes).map(describe)
  return Object.freeze({ ...tree, remotes, hash: hashText([tree.fingerprint, ...contracts].join('\n')) })
}

function describe(contract: Contract): string {
  const reliability = isUnreliable(contract) ? ':unreliable' : ''
  return `${contract.name}:${contract.direction}${reliability}`
}

/** FNV-1a of 64 bits over UTF-16 units, as 16 hexadecimal digits: tells definitions apart, and keeps no secret. */
function hashText(text: string): string {
  let hash = 0xcbf2_9ce4_8422_2325n
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100_0000_01b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
