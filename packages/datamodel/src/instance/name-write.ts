import { DataModelError } from '../errors.ts'
import { instanceNameProblem } from '../naming/instance-name.ts'
import { draftOf } from './draft.ts'
import { type Node, nodeOf } from './node.ts'
import { keepBase, nameKey } from './overlay.ts'
import { firePropertyChanged, fireSignal } from './signals.ts'

/** A write to `name` by user code. */
export function writeName(node: Node, name: string): void {
  const problem = instanceNameProblem(name)
  if (problem !== null) {
    throw new DataModelError(
      'invalidName',
      `cannot name "${node.now.name}": ${problem}. Use a text of at most 100 characters.`,
    )
  }
  const owned = name.toWellFormed()
  if (owned === node.now.name) return
  keepBase(node, nameKey, node.now.name)
  draftOf(node, nameKey).name = owned
  firePropertyChanged(node, 'name')
  if (node.now.parent !== null) fireSignal(nodeOf(node.now.parent), 'childNamed')
}
