import type { GameDefinition } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import type { Trace } from './trace.ts'

/** Frames say numbers, which stand for other names in another definition. Throws 'otherDefinition'. */
export function expectOwnDefinition(trace: Trace, definition: GameDefinition, action: string): void {
  if (trace.definitionHash === definition.hash) return
  throw new TestingError(
    'otherDefinition',
    `cannot ${action} the trace: it was recorded with definition ${trace.definitionHash}, and this one is ${definition.hash}. Pass the definition of that test, as its code was then.`,
  )
}
