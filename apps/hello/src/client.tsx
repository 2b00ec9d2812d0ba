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

createRoot(document.body).render(<BanyanProvider client={createClient({ definition })}><Suspense><Counter /></Suspense></BanyanProvider>)
