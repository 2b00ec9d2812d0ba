import { DataModelError } from '../errors.ts'
import {
  type AttributeValue,
  attributeNameProblem,
  attributeValueProblem,
  ownAttributeValue,
} from '../naming/attribute.ts'
import { isSameValue } from '../values/value-type.ts'
import { draftOf } from './draft.ts'
import type { Node } from './node.ts'
import { attributeKey, keepBase } from './overlay.ts'
import { fireAttributeChanged } from './signals.ts'

/** A write by user code; null deletes. */
export function writeAttribute(node: Node, name: string, value: AttributeValue | null): void {
  const problem = attributeNameProblem(name) ?? (value === null ? null : attributeValueProblem(value))
  if (problem !== null) {
    throw new DataModelError(
      'invalidAttribute',
      `cannot set attribute "${name}" of "${node.now.name}": ${problem}. Use another name or value; nested data belongs into a nested property.`,
    )
  }
  const { attributes } = node.now
  const before = Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null
  const owned = value === null ? null : ownAttributeValue(value)
  if (isSameValue(before, owned)) return
  keepBase(node, attributeKey(name), before)
  storeAttribute(node, name, owned)
}

/** Puts a checked value in place and tells the listeners. */
export function storeAttribute(node: Node, name: string, value: AttributeValue | null): void {
  const { [name]: _, ...others } = node.now.attributes
  draftOf(node, attributeKey(name)).attributes = Object.freeze(
    value === null ? others : { ...others, [name]: value },
  )
  fireAttributeChanged(node, name)
}
