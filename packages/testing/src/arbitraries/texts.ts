import { attributeNameProblem } from '@banyan/datamodel'
import fc, { type Arbitrary } from 'fast-check'

// Printable ASCII shrinks and prints best; some text must show that the rest of the world's letters travel too.
export const text: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.string({ maxLength: 8 }), weight: 4 },
  fc.string({ unit: 'grapheme', maxLength: 4 }),
)

/** Names as games have them: repeated among siblings, with dots, empty, and the words of Object.prototype. */
export const instanceName: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('Door', 'Key', 'Lamp'), weight: 3 },
  fc.constantFrom('', 'a.b', 'constructor', '__proto__', 'Workspace', 'é'),
  text,
)

export const tag: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('red', 'blue', 'fast'), weight: 3 },
  text.filter((value) => value.length > 0),
)

/** Few names, so that steps meet; sometimes any that an attribute may have. */
export const attributeName: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('speed', 'lane/left', 'constructor'), weight: 3 },
  fc.stringMatching(/^[A-Za-z0-9./_-]{1,12}$/).filter((name) => attributeNameProblem(name) === null),
)
