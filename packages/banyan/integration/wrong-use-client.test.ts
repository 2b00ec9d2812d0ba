// Wrong use of the API on a client of a running place: a typed error that names the thing, the reason and the way out,
// thrown where the mistake is.
import { RemoteEvent } from 'banyan'
import { test } from 'vitest'
import { expectMisuse, foreign, type Misuses, remotes, untyped } from './fixtures/misuse.ts'

const misuses: Misuses = {
  'AP17 moving what the server owns': [
    'serverOwned',
    /parent of "Box"/,
    ({ replica, client }) => {
      replica.box.parent = client.game.getService('ReplicatedStorage')
    },
  ],
  'AP17 taking out what the server owns': [
    'serverOwned',
    /parent of "Box"/,
    ({ replica }) => {
      replica.box.parent = null
    },
  ],
  'AP17 destroying what the server owns': [
    'serverOwned',
    /destroy "Box"/,
    ({ replica }) => replica.box.destroy(),
  ],
  'PC6 fireClient on a client': [
    'wrongSide',
    /fireClient "Loose" on the client/,
    ({ replica, bo }) => replica.loose.fireClient(bo, 1),
  ],
  'PC6 fireAllClients on a client': [
    'wrongSide',
    /fireAllClients "Loose" on the client/,
    ({ replica }) => replica.loose.fireAllClients(1),
  ],
  'PC6 onServerEvent on a client': [
    'wrongSide',
    /onServerEvent of "Loose"/,
    ({ replica }) => replica.loose.onServerEvent,
  ],
  'PC13 onServerInvoke on a client': [
    'wrongSide',
    /onServerInvoke of "Question"/,
    ({ replica }) => {
      replica.question.onServerInvoke = () => 1
    },
  ],
  'PC20 kicking someone else': ['wrongSide', /kick "bo"/, ({ bo }) => bo.kick()],
  'DM38 a recipe on a client': ['wrongSide', /"Box"/, ({ replica }) => replica.box.update(() => {})],
  'PC6 a remote that this client made': [
    'noPeer',
    /"Mine"/,
    ({ client }) =>
      new RemoteEvent({ name: 'Mine', parent: client.game.getService('Workspace') }).fireServer(1),
  ],
  'PC23 another client’s instance as an argument': [
    'otherDataModel',
    /"Loose" with "Box"/,
    ({ replica, otherReplica }) => replica.loose.fireServer([otherReplica.box]),
  ],
  'PC23 the server’s own instance as an argument': [
    'otherDataModel',
    /"Loose" with "Box"/,
    ({ replica, here }) => replica.loose.fireServer(here.box),
  ],
  'PC23 another client’s instance in a request': [
    'otherDataModel',
    /"Question" with "Box"/,
    ({ replica, otherReplica }) => replica.question.invokeServer(otherReplica.box),
  ],
  'CM15 another client’s instance as a property': [
    'otherDataModel',
    /"Pointer" to "Box"/,
    ({ replica, otherReplica }) => {
      replica.pointer.value = otherReplica.box
    },
  ],
  'AR4 a function as an argument': [
    'invalidArgument',
    /args\[0\]\.done/,
    ({ replica }) => replica.loose.fireServer({ done: () => {} }),
  ],
  'RC8 a Promise in a request': [
    'invalidArgument',
    /args\[0\].*Promise/,
    ({ replica }) => replica.question.invokeServer(Promise.resolve(1)),
  ],
  'RC14 a function in a contract': [
    'invalidArgument',
    /args\[0\]/,
    ({ client }) => untyped(client.remote(remotes.said), 'fireServer', () => {}),
  ],
  'RC14 a contract of another definition': [
    'unknownRemote',
    /remote "told"/,
    ({ client }) => client.remote(foreign.told),
  ],
  'ST2 more than a frame holds': [
    'invalid',
    /"Loose".*65/,
    ({ replica }) => replica.loose.fireServer('x'.repeat(70_000)),
  ],
  'RC14 a client that is closed': [
    'disconnected',
    /call "said"/,
    ({ client }) => {
      const said = client.remote(remotes.said)
      client.close()
      said.fireServer(1)
    },
  ],
}

test.each(Object.entries(misuses))('%s', async (_, misuse) => {
  await expectMisuse(misuse)
})
