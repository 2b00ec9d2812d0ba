import { DemoPage } from '../../shell/demo-page.tsx'
import { renderPage } from '../../shell/render-page.tsx'
import { definition } from '../definition.ts'
import { Leaderboard } from './leaderboard.tsx'
import { RaceDemo } from './race-demo.tsx'
import { sources } from './sources.ts'

renderPage(
  '/race',
  <DemoPage
    path="/race"
    title="Race"
    hint="Three laps for up to eight. Open a second player, or send the link to someone."
    definition={definition}
    kind="race"
    sources={sources}
    aside={<Leaderboard />}
  >
    <RaceDemo />
  </DemoPage>,
)
