import { number } from 'valibot'
import { expectTypeOf, test } from 'vitest'
import type { ClientOptions, PageLife, RemoteSignal } from './client.ts'
import {
  type AnswerInput,
  type AnswerOutput,
  type ClientTransport,
  defineRemotes,
  type Hello,
  type IntValue,
  type LeaveReason,
  type Player,
  type Players,
  type RecordOf,
  request,
  toClient,
} from './index.ts'
import type { RecordFor, useInstance } from './react.ts'
import type { Authenticate, RequestContext, RequestHandler } from './server.ts'

const remotes = defineRemotes({ buy: request(number(), number()), paid: toClient(number()) })

// A program that moves a handler, a hook's result or an option into a function of its own names its type.
test('what handlers, hooks and options are made of can be named by users of the facade', () => {
  expectTypeOf<Parameters<Parameters<Players['playerRemoving']['connect']>[0]>>().toEqualTypeOf<
    [player: Player, reason: LeaveReason | null]
  >()
  expectTypeOf<Parameters<RequestHandler<typeof remotes.buy>>[2]>().toEqualTypeOf<RequestContext>()
  expectTypeOf<AnswerInput<typeof remotes.buy>>().toEqualTypeOf<AnswerOutput<typeof remotes.buy>>()
  expectTypeOf<Parameters<Authenticate>[0]>().toEqualTypeOf<Hello>()
  expectTypeOf<NonNullable<ClientOptions['transport']>>().toEqualTypeOf<ClientTransport>()
  expectTypeOf<NonNullable<ClientOptions['page']>>().toEqualTypeOf<PageLife>()
  expectTypeOf<RemoteSignal<number>['connect']>().toBeFunction()
  expectTypeOf<RecordFor<IntValue>['properties']>().toEqualTypeOf<RecordOf<typeof IntValue>['properties']>()
  expectTypeOf<typeof useInstance>().toBeFunction()
})
