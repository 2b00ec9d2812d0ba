import type { Instance } from '@banyan/datamodel'
import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault, InvalidValue } from '../bytes/decode-fault.ts'
import { formatPath, type ValuePath } from './value-path.ts'
import { readValue, type ValueSource } from './value-reader.ts'
import { type ValueTarget, writeValue } from './value-writer.ts'

/** Arguments encoded once, for any number of receivers: the bytes are shared, the table of ids is made for each. */
export interface SharedArguments {
  readonly bytes: Uint8Array
  /** The instances in the order of their numbers; a receiver that may not see one gets the id 0 in its place. */
  readonly instances: readonly Instance[]
}

/** Arguments as a message carries them. */
export interface EncodedArguments {
  readonly bytes: Uint8Array
  /** Ids in the order of the instances' numbers; 0 stands for null. */
  readonly instances: readonly number[]
}

/** `malformed`: the sender does not speak the protocol. `invalid`: it does, and the values are not allowed. */
export type DecodedArguments =
  | { readonly ok: true; readonly value: readonly unknown[] }
  | { readonly ok: false; readonly reason: 'malformed' | 'invalid'; readonly problem: string }

/** What a receiver of arguments allows. */
export interface DecodeArgumentsOptions {
  /** Whether NaN, infinities and invalid dates pass; where they do not they make the arguments `invalid`. */
  readonly allowNonFinite: boolean
}

/** Encodes live values once. Throws DataModelError 'invalidArgument' with the path of what cannot travel. */
export function encodeArguments(args: readonly unknown[]): SharedArguments {
  const instances: Instance[] = []
  let numbers: Map<Instance, number> | null = null
  const numberOf = (instance: Instance): number => {
    numbers ??= new Map()
    const known = numbers.get(instance)
    if (known !== undefined) return known
    numbers.set(instance, instances.length)
    return instances.push(instance) - 1
  }
  const writer = new ByteWriter(64)
  const target: ValueTarget = {
    writer,
    name: 'args',
    scope: 'argument',
    texts: null,
    numberOf,
    path: [],
    depth: 0,
  }
  writer.varint(args.length)
  for (let index = 0; index < args.length; index++) {
    target.path.push(index)
    writeValue(target, args[index])
    target.path.pop()
  }
  return { bytes: writer.finish(), instances }
}

/**
 * Decodes into fresh values that share nothing with the frame. `instances` is what the ids of the message's table stand
 * for here, in their order, null for those that are not. Never throws.
 */
export function decodeArguments(
  bytes: Uint8Array,
  instances: readonly unknown[],
  { allowNonFinite }: DecodeArgumentsOptions,
): DecodedArguments {
  const path: ValuePath = []
  const reader = new ByteReader(bytes)
  const source: ValueSource = {
    reader,
    scope: 'argument',
    texts: null,
    instances,
    allowNonFinite,
    path,
    depth: 0,
  }
  try {
    const count = reader.count()
    const value: unknown[] = []
    for (let index = 0; index < count; index++) {
      path.push(index)
      value.push(readValue(source))
      path.pop()
    }
    if (reader.remaining > 0) throw new DecodeFault(`${reader.remaining} bytes too many`)
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof DecodeFault)) throw error
    const reason = error instanceof InvalidValue ? 'invalid' : 'malformed'
    return { ok: false, reason, problem: `args${formatPath(path)}: ${error.message}` }
  }
}

/** About how many bytes `writeArguments` writes, and never less by much. */
export function argumentsSize({ bytes, instances }: EncodedArguments): number {
  return bytes.length + instances.length * 4 + 4
}

/** Writes the table of ids, then the bytes. */
export function writeArguments(writer: ByteWriter, { bytes, instances }: EncodedArguments): void {
  writer.varint(instances.length)
  for (const id of instances) writer.varint(id)
  writer.block(bytes)
}

/** The bytes are a view into the frame. */
export function readArguments(reader: ByteReader): EncodedArguments {
  const count = reader.count()
  const instances: number[] = []
  for (let index = 0; index < count; index++) instances.push(reader.varint())
  return { instances, bytes: reader.block() }
}
