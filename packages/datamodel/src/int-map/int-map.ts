import { DataModelError } from '../errors.ts'
import {
  append,
  Edit,
  findLeaf,
  insert,
  type Leaf,
  leaves,
  lowestBit,
  makeLeaf,
  remove,
  slotOf,
  type TrieNode,
  visit,
} from './int-trie.ts'

export { Edit } from './int-trie.ts'

/**
 * An immutable sorted map from integers 0..2^31-1. Every operation costs a walk of at most seven levels (four
 * up to 2^20 keys). Setting a value that is already there returns the same map, so `===` means unchanged.
 */
export class IntMap<V> {
  private static readonly none = new IntMap<never>(undefined, 0, undefined)

  private root: TrieNode<V> | undefined
  private count: number
  private readonly edit: Edit | undefined

  private constructor(root: TrieNode<V> | undefined, count: number, edit: Edit | undefined) {
    this.root = root
    this.count = count
    this.edit = edit
  }

  /** Always the same object. */
  static empty<V>(): IntMap<V> {
    return IntMap.none
  }

  /** Of keys that ascend, which costs a fraction of setting them one by one; null where they do not, or are no keys. */
  static ofAscending<V>(keys: readonly number[], values: readonly V[]): IntMap<V> | null {
    const edit = new Edit()
    let root: TrieNode<V> | undefined
    let last = -1
    for (let at = 0; at < keys.length; ) {
      const prefix = (keys[at] ?? 0) >>> 5
      const start = at
      let bitmap = 0
      for (let key = keys[at]; key !== undefined && key >>> 5 === prefix; key = keys[at]) {
        if (key <= last || !isKey(key)) return null
        last = key
        bitmap |= 1 << key
        at += 1
      }
      root = append(root, makeLeaf(prefix, edit, bitmap, values.slice(start, at)), edit)
    }
    return root === undefined ? IntMap.empty() : new IntMap(root, keys.length, undefined)
  }

  get size(): number {
    return this.count
  }

  /** A key out of range has no value. */
  get(key: number): V | undefined {
    const leaf = isKey(key) ? findLeaf(this.root, key) : undefined
    return leaf?.slots[slotOf(leaf.bitmap, key & 31)]
  }

  has(key: number): boolean {
    return isKey(key) && findLeaf(this.root, key) !== undefined
  }

  /**
   * Without an Edit this map stays as it is. With one, a map made under the same Edit is changed in place and
   * returned. Throws 'invalidValue' for a key out of range.
   */
  set(key: number, value: V, edit?: Edit): IntMap<V> {
    if (!isKey(key)) throw keyError(key)
    const leaf = findLeaf(this.root, key)
    if (leaf !== undefined) {
      const slot = slotOf(leaf.bitmap, key & 31)
      if (Object.is(leaf.slots[slot], value)) return this
      if (edit !== undefined && leaf.edit === edit && this.edit === edit) {
        leaf.slots[slot] = value
        return this
      }
    }
    return this.with(insert(this.root, key, value, edit), this.count + (leaf === undefined ? 1 : 0), edit)
  }

  /** Returns this same map when the key is absent; else as `set`. */
  delete(key: number, edit?: Edit): IntMap<V> {
    if (this.root === undefined || !this.has(key)) return this
    return this.with(remove(this.root, key, edit), this.count - 1, edit)
  }

  /** In key order; the map must not be changed in place meanwhile. Cheaper than iterating. */
  forEach(run: (value: V, key: number) => void): void {
    if (this.root !== undefined) visit(this.root, run)
  }

  /** In key order; the map must not be changed in place meanwhile. */
  *[Symbol.iterator](): IterableIterator<[number, V]> {
    for (const leaf of this.leaves()) {
      let bits = leaf.bitmap
      for (const value of leaf.slots) {
        yield [leaf.prefix * 32 + lowestBit(bits), value]
        bits &= bits - 1
      }
    }
  }

  /** In key order; the map must not be changed in place meanwhile. */
  *values(): IterableIterator<V> {
    for (const leaf of this.leaves()) yield* leaf.slots
  }

  /** The values in key order, up to 32 at a time: for walks that stop and go on. Not to be written to; otherwise as `values`. */
  *slices(): IterableIterator<readonly V[]> {
    for (const leaf of this.leaves()) yield leaf.slots
  }

  private leaves(): Iterable<Leaf<V>> {
    return this.root === undefined ? [] : leaves(this.root)
  }

  private with(root: TrieNode<V> | undefined, count: number, edit: Edit | undefined): IntMap<V> {
    if (edit !== undefined && this.edit === edit) {
      this.root = root
      this.count = count
      return this
    }
    return root === undefined ? IntMap.empty() : new IntMap(root, count, edit)
  }
}

function isKey(key: number): boolean {
  return (key & 0x7fffffff) === key
}

function keyError(key: number): DataModelError {
  return new DataModelError(
    'invalidValue',
    `cannot set key "${key}": it is not an integer from 0 to 2147483647. Give such a number.`,
  )
}
