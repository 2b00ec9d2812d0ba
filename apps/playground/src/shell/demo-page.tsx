import type { GameDefinition } from 'banyan'
import { createClient } from 'banyan/client'
import { BanyanProvider } from 'banyan/react'
import { type ReactNode, useEffect, useState } from 'react'
import { readPlaceAddress } from '../place/place-address.ts'
import { PlaceAside } from '../place/place-aside.tsx'
import { PlaceGate } from '../place/place-gate.tsx'
import { SeatLinks } from '../place/seat-links.tsx'
import { visitorName } from '../place/visitor-name.ts'
import { type SourceGroup, SourceView } from '../source/source-view.tsx'
import { openTestDoor } from './test-door.ts'
import './demo-page.css'

export interface DemoPageProps {
  readonly path: string
  readonly title: string
  /** What to try, in one sentence. */
  readonly hint: string
  readonly definition: GameDefinition
  /** The kind of place on the server: the demo in `race` with `?place=friends` joins `race-friends`. */
  readonly kind: string
  readonly sources: readonly SourceGroup[]
  readonly children: ReactNode
  /** Stands beside the stage, above the source; rendered inside the place, too. */
  readonly aside?: ReactNode
}

/** A demo with its place, its source, and the way to a second player. */
export function DemoPage({ path, title, hint, definition, kind, sources, children, aside }: DemoPageProps) {
  const [address] = useState(() => readPlaceAddress(location.search))
  const [client] = useState(() => {
    const { place, seat } = address
    const name = visitorName(seat)
    return createClient({
      definition,
      place: `${kind}-${place}`,
      name,
      ...(seat !== null && { seat }),
      isDevelopment: import.meta.env.DEV,
      // Nothing here is lost by it, and what is on the server is as before.
      reloadsWhenOutdated: true,
    })
  })
  useEffect(() => openTestDoor(client), [client])

  return (
    <main className="demo-page">
      <div className="demo-page__head">
        <div>
          <h1>{title}</h1>
          <p>{hint}</p>
        </div>
        <SeatLinks path={path} address={address} />
      </div>
      <BanyanProvider client={client}>
        <div className="demo-page__body">
          <div className="demo-page__stage">
            <PlaceGate onReturn={() => client.connect()}>{children}</PlaceGate>
          </div>
          <div className="demo-page__aside">
            {aside !== undefined && <PlaceAside>{aside}</PlaceAside>}
            <SourceView groups={sources} />
          </div>
        </div>
      </BanyanProvider>
    </main>
  )
}
