import { recordOf } from '../instance/late-record.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Domain } from '../tree/domain.ts'
import type { Checksum } from './hasher.ts'
import type { Total, TreeSums } from './tree-sums.ts'

/** Children are told apart up to so many; more are told in so many groups. */
export const branchWidth = 64

/** Groups of groups of groups …: ids have 31 bits, six of which are looked at in each. */
export const branchLevelCap = 5

/** Which children of an instance: at level 0 all, at level n those whose id modulo `branchWidth ** n` is `prefix`. */
export interface BranchQuestion {
  readonly id: number
  readonly level: number
  readonly prefix: number
}

/** The checksums of an instance alone, and of what is below it, in parts. */
export interface Branch {
  readonly own: Checksum
  /** Whether a part is a child by its id, or a group by the next six bits of its children's ids. */
  readonly form: BranchForm
  readonly parts: ReadonlyMap<number, Checksum>
}

/** With what it cost. */
export interface MeasuredBranch extends Branch {
  /** The instances that were looked at. */
  readonly size: number
}

export type BranchForm = 'children' | 'groups'

/** What a branch is asked of. */
export interface BranchView {
  readonly sums: TreeSums
  readonly domains: ReadonlySet<Domain>
}

/** Costs what is below the instance. In the form asked for, else in that of fewer parts. */
export function branchOf(
  { sums, domains }: BranchView,
  node: Node,
  { level, prefix, form }: Omit<BranchQuestion, 'id'> & { readonly form: BranchForm | null },
): MeasuredBranch {
  const own = { high: 0, low: 0 }
  sums.addTo(own, node, domains)
  const divisor = branchWidth ** level
  const children: Node[] = []
  recordOf(node)?.childrenByOrder.forEach((child) => {
    const below = nodeOf(child)
    if (below.id % divisor === prefix && sums.isTold(below, domains)) children.push(below)
  })
  const isFew = form === null ? children.length <= branchWidth : form === 'children'
  const parts = new Map<number, Total>()
  let size = 1
  for (const child of children) {
    const key = isFew ? child.id : Math.floor(child.id / divisor) % branchWidth
    let sum = parts.get(key)
    if (sum === undefined) {
      sum = { high: 0, low: 0 }
      parts.set(key, sum)
    }
    size += addBelow(sum, child, { sums, domains })
  }
  return { own, form: isFew ? 'children' : 'groups', parts, size }
}

/** Returns how many instances it added. */
function addBelow(sum: Total, top: Node, { sums, domains }: BranchView): number {
  let size = 0
  const open = [top]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    size += 1
    sums.addTo(sum, node, domains)
    recordOf(node)?.childrenByOrder.forEach((child) => {
      const below = nodeOf(child)
      if (sums.isTold(below, domains)) open.push(below)
    })
  }
  return size
}

/** The parts that two branches of one form have different sums of, or that one of them lacks; ascending. */
export function differingParts(one: Branch, other: Branch): readonly number[] {
  const keys = new Set([...one.parts.keys(), ...other.parts.keys()])
  return [...keys]
    .filter((key) => !isSameChecksum(one.parts.get(key), other.parts.get(key)))
    .sort((a, b) => a - b)
}

/** Undefined is nothing at all, which is no sum. */
export function isSameChecksum(one: Checksum | undefined, other: Checksum | undefined): boolean {
  return one?.high === other?.high && one?.low === other?.low
}
