import { isDeepStrictEqual } from 'node:util'
import { type DataModel, type Instance, type PropertySchema, replicaView } from '@banyan/datamodel'
import { propertyOf, valueOfInput } from '../cast/property-input.ts'
import type { OverwriteStep } from './trial.ts'

/** What one page wrote over values of the server's, in its own replica. */
export interface Overwrites {
  /** False where the page does not have the thing, or where its value is not everyone's to see. */
  write(thing: Instance, step: Pick<OverwriteStep, 'property' | 'value'>): boolean
  /** What the page shows although the server told something else since it wrote; null where all is well. */
  problem(): string | null
}

interface Overwrite {
  readonly id: number
  readonly property: PropertySchema
  /** The server's value at that moment. */
  readonly told: unknown
}

/** Of one page, which is `game`'s. */
export function createOverwrites(game: DataModel): Overwrites {
  const overwrites = new Map<string, Overwrite>()

  /** Those that lie over something, with what the server tells there by now. */
  function* present() {
    if (overwrites.size === 0) return
    const creates = new Map(replicaView(game).map((create) => [create.id, create]))
    for (const [key, overwrite] of overwrites) {
      const { id, property } = overwrite
      const [copy, create] = [game.getInstanceById(id), creates.get(id)]
      if (copy === null || create === undefined) overwrites.delete(key)
      else yield { key, overwrite, copy, told: toldOf(new Map(create.properties), property) }
    }
  }

  return {
    write(thing, { property: name, value }) {
      const copy = game.getInstanceById(thing.id)
      const property = propertyOf(thing, name)
      // References lead to what may come and go without anybody writing.
      if (copy === null || property.type.visibleTo !== 'everyone' || property.type.kind === 'reference') {
        return false
      }
      const create = replicaView(game).find(({ id }) => id === thing.id)
      const told = toldOf(new Map(create?.properties), property)
      overwrites.set(`${thing.id} ${name}`, { id: thing.id, property, told })
      Reflect.set(
        copy,
        name,
        valueOfInput(property.type, value, () => null),
      )
      return true
    },
    problem() {
      for (const { key, overwrite, copy, told } of present()) {
        const { property } = overwrite
        if (isSame(property, told, overwrite.told)) continue
        if (!isSame(property, told, Reflect.get(copy, property.name))) {
          return `shows its own ${property.name} of "${copy.getFullName()}", although the server has told another one since`
        }
        overwrites.delete(key)
      }
      return null
    },
  }
}

function toldOf(told: ReadonlyMap<number, unknown>, { index, type }: PropertySchema): unknown {
  return told.has(index) ? told.get(index) : type.defaultValue
}

function isSame({ type }: PropertySchema, one: unknown, other: unknown): boolean {
  return type.kind === 'nested' ? isDeepStrictEqual(one, other) : type.same(one, other)
}
