import { defineGame, defineRemotes, request, toClient, toServer } from 'banyan'
import { createClient, createMemoryStorage } from 'banyan/client'
import { createHost } from 'banyan/node'
import { createPlace, script } from 'banyan/server'
import { textPayload, valuePayload } from '../payloads.ts'
import type { RemotesSystem } from '../system.ts'

/** Rates are counted for each message; nobody is to reach them. */
const rate = Object.freeze({ perSecond: 1_000_000, burst: 2_000_000 })

const remotes = defineRemotes({
  echo: request(valuePayload, valuePayload, { rate }),
  flood: toServer(valuePayload, { rate }),
  told: toClient(textPayload),
})
const definition = defineGame({ remotes })

/** Contracts with schemas on both sides, as anyone would write them. */
export const banyan: RemotesSystem = {
  async serve({ http, clients, onFlood }) {
    let tellAll = (_text: string): void => {}
    const answering = script(({ remote }) => {
      remote(remotes.echo).onServerInvoke = (_player, { value }) => ({ value })
      remote(remotes.flood).onServerEvent.connect((_player, { value }) => onFlood(value))
      tellAll = (text) => remote(remotes.told).fireAllClients({ text })
    })
    const place = createPlace({
      definition,
      scripts: [answering],
      tickHz: 60,
      maxPlayers: clients,
      limits: { perSession: rate, perRemote: rate, frames: rate },
    })
    place.start()
    const host = await createHost({ server: http, places: { main: () => place } })
    return { broadcast: (text) => tellAll(text), close: () => host.close() }
  },
  async join({ port, onBroadcast }) {
    const url = `http://127.0.0.1:${port}`
    const client = createClient({ definition, url, storage: createMemoryStorage() })
    client.remote(remotes.told).onClientEvent.connect(({ text }) => onBroadcast(text))
    client.connect()
    await client.ready
    const echo = client.remote(remotes.echo)
    const flood = client.remote(remotes.flood)
    return {
      async echo(value) {
        return (await echo.invokeServer({ value })).value
      },
      flood: (value) => flood.fireServer({ value }),
      close: () => client.close(),
    }
  },
}
