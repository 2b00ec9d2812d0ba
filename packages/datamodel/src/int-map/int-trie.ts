/*
 * The nodes of IntMap: a 32-way radix trie over the bits of the key, compressed twice. A node keeps only its
 * used slots (a bitmap says which), and a branch with one child is never made. So three scattered keys take at
 * most five small nodes, 100,000 dense keys four levels, and the shape depends on the contents alone.
 */

/** Owns the nodes made under it, so that one commit changes them in place; never reuse it after the commit. */
export class Edit {
  /** A protected member makes the type nominal: no other object passes for a token. */
  protected readonly isEdit = true
}

interface Slots<T> {
  readonly edit: Edit | undefined
  /** The key bits above this node. */
  readonly prefix: number
  /** Bit n is set when slot n is used; `slots` holds the used ones in order. */
  bitmap: number
  slots: T[]
}

/** Holds values; a key's lowest five bits name its slot. */
export interface Leaf<V> extends Slots<V> {
  readonly shift: 0
}

interface Branch<V> extends Slots<TrieNode<V>> {
  readonly shift: BranchShift
}

/** `shift` is the number of key bits below this node's own five. */
export type TrieNode<V> = Leaf<V> | Branch<V>

const branchShifts = [5, 10, 15, 20, 25, 30] as const
type BranchShift = (typeof branchShifts)[number]

/** Where slot `index` of a node lies among its used slots: the number of used slots below it. */
export function slotOf(bitmap: number, index: number): number {
  if (bitmap === -1) return index
  let below = bitmap & ~(-1 << index)
  below -= (below >>> 1) & 0x55555555
  below = (below & 0x33333333) + ((below >>> 2) & 0x33333333)
  return Math.imul((below + (below >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The leaf that holds the key, or undefined. */
export function findLeaf<V>(root: TrieNode<V> | undefined, key: number): Leaf<V> | undefined {
  let node = root
  while (node !== undefined && covers(node, key)) {
    const index = (key >>> node.shift) & 31
    if (!isUsed(node, index)) return undefined
    if (node.shift === 0) return node
    node = node.slots[slotOf(node.bitmap, index)]
  }
  return undefined
}

/** Sets the key, copying the path to it except nodes that the edit owns. */
export function insert<V>(
  node: TrieNode<V> | undefined,
  key: number,
  value: V,
  edit: Edit | undefined,
): TrieNode<V> {
  if (node === undefined) return makeLeaf(key >>> 5, edit, 1 << key, [value])
  if (!covers(node, key)) return join(node, makeLeaf(key >>> 5, edit, 1 << key, [value]), edit)
  const index = (key >>> node.shift) & 31
  if (node.shift === 0) {
    const leaf = ownedLeaf(node, edit)
    put(leaf, index, value)
    return leaf
  }
  const child = isUsed(node, index) ? node.slots[slotOf(node.bitmap, index)] : undefined
  const next = insert(child, key, value, edit)
  if (next === child) return node
  const branch = ownedBranch(node, edit)
  put(branch, index, next)
  return branch
}

/** Adds a leaf whose keys are above all that are there, in place where the edit owns the path. */
export function append<V>(node: TrieNode<V> | undefined, leaf: Leaf<V>, edit: Edit | undefined): TrieNode<V> {
  if (node === undefined) return leaf
  const key = leaf.prefix << 5
  if (node.shift === 0 || !covers(node, key)) return join(node, leaf, edit)
  const index = (key >>> node.shift) & 31
  const child = isUsed(node, index) ? node.slots[slotOf(node.bitmap, index)] : undefined
  const branch = ownedBranch(node, edit)
  put(branch, index, append(child, leaf, edit))
  return branch
}

/** Removes a key that is present; undefined when nothing is left. */
export function remove<V>(node: TrieNode<V>, key: number, edit: Edit | undefined): TrieNode<V> | undefined {
  const index = (key >>> node.shift) & 31
  const slot = slotOf(node.bitmap, index)
  if (node.shift === 0) {
    if (node.slots.length === 1) return undefined
    const leaf = ownedLeaf(node, edit)
    drop(leaf, index)
    return leaf
  }
  const child = node.slots[slot]
  const next = child === undefined ? undefined : remove(child, key, edit)
  if (next === child) return node
  if (next === undefined && node.slots.length === 2) return node.slots[1 - slot]
  const branch = ownedBranch(node, edit)
  if (next === undefined) drop(branch, index)
  else put(branch, index, next)
  return branch
}

/** Calls for each entry in key order. */
export function visit<V>(node: TrieNode<V>, run: (value: V, key: number) => void): void {
  if (node.shift !== 0) {
    for (const child of node.slots) visit(child, run)
    return
  }
  let bits = node.bitmap
  for (const value of node.slots) {
    run(value, node.prefix * 32 + lowestBit(bits))
    bits &= bits - 1
  }
}

/** In key order. */
export function* leaves<V>(node: TrieNode<V>): Generator<Leaf<V>, void, undefined> {
  if (node.shift === 0) yield node
  else for (const child of node.slots) yield* leaves(child)
}

/** The index of the lowest set bit. */
export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

// Two shifts, since a shift by 35 would be one by 3.
function covers(node: TrieNode<unknown>, key: number): boolean {
  return (key >>> node.shift) >>> 5 === node.prefix
}

function isUsed(node: TrieNode<unknown>, index: number): boolean {
  return ((node.bitmap >>> index) & 1) === 1
}

function put<T>(node: Slots<T>, index: number, value: T): void {
  const slot = slotOf(node.bitmap, index)
  if (((node.bitmap >>> index) & 1) === 1) node.slots[slot] = value
  // A new array fits exactly; one that grew in place would keep room for 16 more or half as many again.
  else node.slots = node.slots.toSpliced(slot, 0, value)
  node.bitmap |= 1 << index
}

function drop<T>(node: Slots<T>, index: number): void {
  node.slots.splice(slotOf(node.bitmap, index), 1)
  node.bitmap &= ~(1 << index)
}

function join<V>(one: TrieNode<V>, other: TrieNode<V>, edit: Edit | undefined): Branch<V> {
  const key = (one.prefix << one.shift) << 5
  const otherKey = other.prefix << 5
  const shift = branchShifts.find((each) => (key >>> each) >>> 5 === (otherKey >>> each) >>> 5) ?? 30
  const branch = makeBranch<V>(shift, (key >>> shift) >>> 5, edit, 0, [])
  put(branch, (key >>> shift) & 31, one)
  put(branch, (otherKey >>> shift) & 31, other)
  return branch
}

function ownedLeaf<V>(leaf: Leaf<V>, edit: Edit | undefined): Leaf<V> {
  if (edit !== undefined && leaf.edit === edit) return leaf
  return makeLeaf(leaf.prefix, edit, leaf.bitmap, leaf.slots.slice())
}

function ownedBranch<V>(branch: Branch<V>, edit: Edit | undefined): Branch<V> {
  if (edit !== undefined && branch.edit === edit) return branch
  return makeBranch(branch.shift, branch.prefix, edit, branch.bitmap, branch.slots.slice())
}

// Leaves and branches list their fields in one order, so that the engine sees one shape.
export function makeLeaf<V>(prefix: number, edit: Edit | undefined, bitmap: number, slots: V[]): Leaf<V> {
  return { shift: 0, prefix, edit, bitmap, slots }
}

function makeBranch<V>(
  shift: BranchShift,
  prefix: number,
  edit: Edit | undefined,
  bitmap: number,
  slots: TrieNode<V>[],
): Branch<V> {
  return { shift, prefix, edit, bitmap, slots }
}
