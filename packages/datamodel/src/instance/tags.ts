import { DataModelError } from '../errors.ts'
import { tagProblem } from '../naming/tag.ts'
import { draftOf } from './draft.ts'
import type { Node } from './node.ts'
import { keepBase, tagsKey } from './overlay.ts'
import { firePropertyChanged } from './signals.ts'

/** Adds a tag; a tag that is there already changes nothing. */
export function addTag(node: Node, tag: string): void {
  const problem = tagProblem(tag)
  if (problem !== null) {
    throw new DataModelError(
      'invalidTag',
      `cannot tag "${node.now.name}" with "${tag}": ${problem}. Use a shorter, non-empty text.`,
    )
  }
  const owned = tag.toWellFormed()
  if (!node.now.tags.includes(owned)) writeTags(node, [...node.now.tags, owned])
}

/** Removes a tag; a tag that is not there changes nothing. */
export function removeTag(node: Node, tag: string): void {
  if (!hasTag(node, tag)) return
  const removed = tag.toWellFormed()
  writeTags(
    node,
    node.now.tags.filter((other) => other !== removed),
  )
}

/** Whether the tag is there. */
export function hasTag(node: Node, tag: string): boolean {
  return node.now.tags.includes(tag.toWellFormed())
}

/** Puts all tags in place as one unit, as they replicate. */
export function storeTags(node: Node, tags: readonly string[]): void {
  draftOf(node, tagsKey).tags = Object.freeze([...tags])
  firePropertyChanged(node, 'tags')
}

function writeTags(node: Node, tags: readonly string[]): void {
  keepBase(node, tagsKey, node.now.tags)
  storeTags(node, tags)
}
