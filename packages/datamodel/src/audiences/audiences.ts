import { describeValue } from '../data/value-description.ts'
import { DataModelError } from '../errors.ts'
import { isBranded } from '../instance/instance-brand.ts'
import { nodeOf } from '../instance/node.ts'
import type { DataModel } from '../tree/data-model.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { type Audience, NamedAudience } from './audience.ts'
import { AudienceBook } from './audience-book.ts'
import { PredicateAudience, type PredicateOptions } from './predicate-audience.ts'

/** The audiences of one place, by name. They end with it. */
export interface Audiences {
  /** An empty audience, changed by `add` and `remove`. Throws 'invalidName' for a name that is taken, or no text. */
  create(name: string): NamedAudience
  /** The audience of all players for whom a test holds. Throws as `create` does. */
  when(name: string, options: PredicateOptions): Audience
  /** One that `create` made, by its name, or null. */
  find(name: string): NamedAudience | null
}

/** For servers: the audiences of a tree. Throws 'wrongSide' for a client's. */
export function createAudiences(game: DataModel): Audiences {
  const tree = treeOf(game)
  if (tree.side !== 'server') {
    throw new DataModelError(
      'wrongSide',
      'cannot make audiences of "game": who sees what is decided on the server. Use a script\'s audiences.',
    )
  }
  tree.book ??= new AudienceBook(tree)
  const { book } = tree

  function open<Made extends Audience>(audience: Made): Made {
    book.open(audience)
    return audience
  }

  return Object.freeze({
    create: (name: string) => open(new NamedAudience(checkName(name, book), book)),
    when(name: string, options: PredicateOptions) {
      checkDependencies(name, options, tree)
      const audience = open(new PredicateAudience(checkName(name, book), book, options))
      book.watch(audience)
      return audience
    },
    find(name: string) {
      const found = book.byName.get(name)
      return found instanceof NamedAudience ? found : null
    },
  })
}

function checkName(name: unknown, { byName }: AudienceBook): string {
  const isText = typeof name === 'string' && name.length > 0 && name.length <= 100
  if (isText && !byName.has(name)) return name
  const isNamed = isText && byName.get(name) instanceof NamedAudience
  throw new DataModelError(
    'invalidName',
    `cannot create audience "${String(name)}": ${isText ? `there is one of that name. ${isNamed ? 'Use find(), or choose' : 'Keep what when() returned, or choose'} another` : 'its name is no text of 1 to 100 characters. Choose another'}.`,
  )
}

function checkDependencies(name: string, { dependsOn, test }: PredicateOptions, tree: Tree): void {
  const wrong = dependsOn.find((instance) => !isBranded(instance) || nodeOf(instance).tree !== tree)
  if (wrong === undefined && typeof test === 'function') return
  throw new DataModelError(
    'invalidValue',
    `cannot create audience "${name}": ${wrong === undefined ? 'it has no test' : `it depends on ${describeValue(wrong)}, which is no instance that is or was in this place`}. Give a test, and the instances that it reads.`,
  )
}
