import type { StandardSchemaV1 } from '@standard-schema/spec'

/** A Standard Schema of one check, as small as a test needs. */
export function schemaOf<Input, Output = Input>(
  isValid: (value: unknown) => boolean,
  transform: (value: Input) => Output = (value) => value as unknown as Output,
): StandardSchemaV1<Input, Output> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        isValid(value) ? { value: transform(value as Input) } : { issues: [{ message: 'it does not fit' }] },
    },
  }
}

export const anyValue = schemaOf<unknown>(() => true)
export const anyNumber = schemaOf<number>((value) => typeof value === 'number')
export const text = schemaOf<string>((value) => typeof value === 'string')
