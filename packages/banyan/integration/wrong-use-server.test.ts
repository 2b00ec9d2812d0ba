// Wrong use of the API on the server of a running place: a typed error that names the thing, the reason and the way out,
// thrown where the mistake is.
import { createTestPlace } from '@banyan/testing/vitest'
import {
  BindableEvent,
  DataModelError,
  defineClass,
  defineGame,
  defineRemotes,
  Folder,
  Instance,
  IntValue,
  Model,
  NumberValue,
  ObjectValue,
  Part,
  Player,
  RemoteEvent,
  request,
  toServer,
  Workspace,
} from 'banyan'
import { script } from 'banyan/server'
import { checkAsync, number, pipeAsync } from 'valibot'
import { expect, test } from 'vitest'
import {
  createMisuseScene,
  expectMisuse,
  faultOf,
  foreign,
  type Misuses,
  remotes,
  untyped,
} from './fixtures/misuse.ts'

class Stranger extends defineClass('Stranger') {}

const misuses: Misuses = {
  'DM5 a parent that is destroyed': [
    'destroyed',
    /"Lid" to "Box"/,
    ({ here }) => {
      here.box.destroy()
      new Folder({ name: 'Lid', parent: here.box })
    },
  ],
  'DM5 moving what is destroyed': [
    'destroyed',
    /parent of "Box"/,
    ({ here, place }) => {
      here.box.destroy()
      here.box.parent = place.game
    },
  ],
  'DM5 an instance inside itself': [
    'cycle',
    /"Box" to "Workspace.Box.Lid"/,
    ({ here }) => {
      here.box.parent = new Folder({ name: 'Lid', parent: here.box })
    },
  ],
  'DM5 an instance as its own parent': [
    'cycle',
    /"Box" to "Workspace.Box"/,
    ({ here }) => {
      here.box.parent = here.box
    },
  ],
  'DM5 a parent that is no instance': [
    'invalidValue',
    /parent of "Box"/,
    ({ here }) => {
      Reflect.set(here.box, 'parent', 'Workspace')
    },
  ],
  'DM5 another place’s instance as parent': [
    'otherDataModel',
    /"Box" to "Box"/,
    ({ here, there }) => {
      here.box.parent = there.box
    },
  ],
  'CM15 another place’s instance as a property': [
    'otherDataModel',
    /ObjectValue.value of "Pointer" to "Box"/,
    ({ here, there }) => {
      here.pointer.value = there.box
    },
  ],
  'CM15 a reference to another place that enters': [
    'otherDataModel',
    /"Smuggler"/,
    ({ here, there }) => {
      new ObjectValue({ name: 'Smuggler', value: there.box, parent: here.box })
    },
  ],
  'PC23 another place’s instance as an argument': [
    'otherDataModel',
    /"Loose" with "Box"/,
    ({ here, there }) => here.loose.fireAllClients({ deep: [there.box] }),
  ],
  'PC6 another place’s player as a receiver': [
    'otherDataModel',
    /"Loose" to "cy"/,
    ({ here, there }) => here.loose.fireClient(there.player),
  ],
  'DM5 a class that the definition lacks': [
    'unknownClass',
    /class Stranger/,
    ({ here }) => {
      new Stranger({ parent: here.box })
    },
  ],
  'CD5 a class that is abstract': ['abstractClass', /"Instance"/, () => new Instance()],
  'CD5 a player of one’s own': ['abstractClass', /"Player"/, () => new Player()],
  'CD5 a service of one’s own': ['abstractClass', /"Workspace"/, () => new Workspace()],
  'PC1 an unknown service': [
    'notFound',
    /service "Lighting"/,
    ({ place }) => untyped(place.game, 'getService', 'Lighting'),
  ],
  'CD10 a value of another type': [
    'invalidValue',
    /IntValue.value of "Coins"/,
    () => {
      new IntValue({ name: 'Coins' }).value = 1.5
    },
  ],
  'CD10 a text for a number': [
    'invalidValue',
    /NumberValue.value of "Speed"/,
    () => {
      Reflect.set(new NumberValue({ name: 'Speed' }), 'value', '7')
    },
  ],
  'CD10 a number that is not finite': [
    'invalidValue',
    /NumberValue.value of "Speed"/,
    () => {
      new NumberValue({ name: 'Speed' }).value = Number.NaN
    },
  ],
  'CD4 a property that the class has not': [
    'invalidValue',
    /Part.weight/,
    () => Reflect.construct(Part, [{ weight: 7 }]),
  ],
  'PC6 fireServer on the server': [
    'wrongSide',
    /fireServer "Loose" on the server/,
    ({ here }) => here.loose.fireServer(1),
  ],
  'PC13 invokeServer on the server': [
    'wrongSide',
    /invokeServer "Question" on the server/,
    ({ here }) => here.question.invokeServer(1),
  ],
  'PC6 onClientEvent on the server': [
    'wrongSide',
    /onClientEvent of "Loose"/,
    ({ here }) => here.loose.onClientEvent,
  ],
  'PC6 a remote outside of the tree': [
    'noPeer',
    /"Adrift"/,
    () => new RemoteEvent({ name: 'Adrift' }).fireAllClients(),
  ],
  'PC6 a remote that is destroyed': [
    'destroyed',
    /"Loose"/,
    ({ here }) => {
      here.loose.destroy()
      here.loose.fireAllClients(1)
    },
  ],
  'AR4 a function as an argument': [
    'invalidArgument',
    /args\[0\]\.items\[2\]/,
    ({ here }) => here.loose.fireAllClients({ items: [1, 2, () => {}] }),
  ],
  'AR4 a symbol as an argument': [
    'invalidArgument',
    /args\[1\]/,
    ({ here }) => here.loose.fireAllClients(1, Symbol('one')),
  ],
  'AR4 an instance of a class as an argument': [
    'invalidArgument',
    /args\[0\]\.url.*URL/,
    ({ here }) => here.loose.fireAllClients({ url: new URL('https://example.org') }),
  ],
  'AR4 a cycle as an argument': [
    'invalidArgument',
    /args\[0\]\.self/,
    ({ here }) => {
      const loop: Record<string, unknown> = {}
      loop['self'] = loop
      here.loose.fireAllClients(loop)
    },
  ],
  'AR4 a cycle to another script': [
    'invalidArgument',
    /args\[0\]\.self/,
    () => {
      const loop: Record<string, unknown> = {}
      loop['self'] = loop
      new BindableEvent({ name: 'Signal' }).fire(loop)
    },
  ],
  'RM1 a contract of another definition': [
    'unknownContract',
    /remote "said"/,
    ({ place }) => place.remote(foreign.said),
  ],
  'RM13 a payload that breaks the contract': [
    'invalidPayload',
    /fire "told"/,
    ({ place }) => untyped(place.remote(remotes.told), 'fireAllClients', 'seven'),
  ],
  'RM13 a contract against its direction': [
    'wrongDirection',
    /"said"/,
    ({ place }) => place.remote(remotes.said).instance.fireAllClients(1),
  ],
  'CT3 a rate of nothing': [
    'invalidContract',
    /rate|0/,
    () => defineRemotes({ none: toServer(number(), { rate: { perSecond: 0, burst: 1 } }) }),
  ],
}

test.each(Object.entries(misuses))('%s', async (_, misuse) => {
  await expectMisuse(misuse)
})

test('RM10 an answer with another place’s instance is the handler’s fault, and its client learns no more', async () => {
  await using scene = await createMisuseScene()
  scene.here.question.onServerInvoke = () => scene.there.box
  const answer = faultOf(() => scene.replica.question.invokeServer())
  await scene.place.tick()
  expect(await answer).toMatchObject({ code: 'handlerError' })
  expect(scene.place.takeLogged()).toEqual([
    expect.stringMatching(/Question.*"Question" with "Box".*another place/),
  ])
})

test('RM19 CT5 a contract with an asynchronous schema costs its own calls alone', async () => {
  const late = pipeAsync(
    number(),
    checkAsync(async () => true),
  )
  const slow = defineRemotes({ slow: toServer(late), wait: request(late, late), quick: toServer(number()) })
  const heard: unknown[] = []
  const listening = script(({ remote }) => {
    remote(slow.slow).onServerEvent.connect((_player, count) => heard.push(count))
    remote(slow.quick).onServerEvent.connect((_player, count) => heard.push(count))
  })
  const definition = defineGame({ remotes: slow })
  await using place = await createTestPlace({ definition, scripts: [listening], players: ['ana'] })
  const { client } = place.player('ana')
  client.remote(slow.slow).fireServer(1)
  const waiting = faultOf(() => client.remote(slow.wait).invokeServer(2))
  client.remote(slow.quick).fireServer(3)
  await place.tick()
  expect(heard).toEqual([3])
  expect(await waiting).toMatchObject({ code: 'invalid' })
  expect(client.state.kind).toBe('joined')
  expect(place.takeLogged()).toEqual([
    expect.stringMatching(/slow.*asynchronous/),
    expect.stringMatching(/dropped a call of "slow" by "ana"/),
    expect.stringMatching(/wait.*asynchronous/),
    expect.stringMatching(/dropped a call of "wait" by "ana"/),
  ])
})

test('CD2 CD7 a name that is taken is refused at the definition', () => {
  class Twin extends defineClass('Folder', { extends: Model }) {}
  expect(() => defineGame({ classes: [Twin] })).toThrow(DataModelError)
  expect(() => defineClass('Bad', { properties: { parent: number() as never } })).toThrow(DataModelError)
})
