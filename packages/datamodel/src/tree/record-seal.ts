import type { Node } from '../instance/node.ts'
import type { Attributes, Draft, InstanceRecord } from '../instance/record.ts'
import { isSameTags } from '../naming/tag.ts'
import { isSameValue } from '../values/value-type.ts'

/** Rounds the properties that declare a precision: from here on view, oracle, hash and replicas share one value. */
export function roundProperties(node: Node): void {
  const { rounded } = node.schema
  if (rounded.length === 0 || node.now === node.record) return
  const { values } = node.now as Draft
  // By index: the iterator of a frozen list makes an object at each step.
  for (let at = 0; at < rounded.length; at++) {
    const property = rounded[at]
    if (property !== undefined) values[property.index] = property.type.round(values[property.index])
  }
}

/**
 * Makes the draft the node's record, which nobody writes to, unless it equals the record that is there: then the draft is dropped and
 * the record stays. Returns what there is to tell of: nothing, a new record, or one that was made, moved or renamed.
 */
export function sealRecord(node: Node): 'same' | 'content' | 'shape' {
  const { record, now } = node
  if (record !== null && isEqual(node, record)) {
    node.now = record
    return 'same'
  }
  node.record = now as InstanceRecord
  const isInPlace = record !== null && record.parent === now.parent && record.order === now.order
  return isInPlace && record.name === now.name ? 'content' : 'shape'
}

function isEqual(node: Node, record: InstanceRecord): boolean {
  const { now } = node
  // What changes most comes first.
  return (
    hasSameProperties(node, record) &&
    record.name === now.name &&
    record.parent === now.parent &&
    record.order === now.order &&
    record.childrenByOrder === now.childrenByOrder &&
    record.access === now.access &&
    (record.tags === now.tags || isSameTags(record.tags, now.tags)) &&
    sameAttributes(record.attributes, now.attributes)
  )
}

function hasSameProperties({ schema: { properties }, now }: Node, record: InstanceRecord): boolean {
  // By index: the iterator of a frozen list makes an object at each step.
  for (let at = 0; at < properties.length; at++) {
    const property = properties[at]
    if (property === undefined) continue
    const { index, type } = property
    const value = now.values[index]
    if (value !== record.values[index] && !type.same(record.values[index], value)) return false
  }
  return true
}

function sameAttributes(a: Attributes, b: Attributes): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameValue(a[name] ?? null, b[name] ?? null))
  )
}
