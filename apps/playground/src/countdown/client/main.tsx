import { DemoPage } from '../../shell/demo-page.tsx'
import { renderPage } from '../../shell/render-page.tsx'
import { definition } from '../definition.ts'
import { CountdownDemo } from './countdown-demo.tsx'
import { sources } from './sources.ts'

renderPage(
  '/countdown',
  <DemoPage
    path="/countdown"
    title="Countdown"
    hint="Start it here and watch it in a second window: same number, same moment."
    definition={definition}
    kind="countdown"
    sources={sources}
  >
    <CountdownDemo />
  </DemoPage>,
)
