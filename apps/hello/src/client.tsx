import { IntValue } from 'banyan'
import { createClient } from 'banyan/client'
import { BanyanProvider, useProperty, useRemoteEvent } from 'banyan/react'
import { Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { definition, remotes } from './definition.ts'

function Counter() {
  const add = useRemoteEvent(remotes.add)
  return <button onClick={() => add(1)}>{useProperty('ReplicatedStorage.Count', 'value', IntValue)}</button>
}

const app = <BanyanProvider client={createClient({ definition })}><Suspense><Counter /></Suspense></BanyanProvider>
createRoot(document.body).render(app)
