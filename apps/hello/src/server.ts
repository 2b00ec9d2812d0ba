import { IntValue } from 'banyan'
import { createHost } from 'banyan/node'
import { createPlace, script } from 'banyan/server'
import { definition, remotes } from './definition.ts'

const counter = script(({ replicatedStorage, remote }) => {
  const count = new IntValue({ name: 'Count', parent: replicatedStorage })
  remote(remotes.add).onServerEvent.connect((_player, step) => { count.value += step })
})

const host = await createHost({ places: { main: () => createPlace({ definition, scripts: [counter] }) }, static: 'dist' })
console.log(host.url)
