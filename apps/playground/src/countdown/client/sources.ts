/* oxlint-disable import/default -- a ?raw import's default is the text of the file */
import type { SourceGroup } from '../../source/source-view.tsx'
import serverText from '../countdown.server.ts?raw'
import definitionText from '../definition.ts?raw'
import demoText from './countdown-demo.tsx?raw'
import dialText from './countdown-dial.tsx?raw'
import playersText from './player-list.tsx?raw'

/** The countdown's source by side, as it runs. */
export const sources: readonly SourceGroup[] = [
  { title: 'Shared', files: [{ name: 'definition.ts', text: definitionText }] },
  { title: 'Server', files: [{ name: 'countdown.server.ts', text: serverText }] },
  {
    title: 'Client',
    files: [
      { name: 'countdown-demo.tsx', text: demoText },
      { name: 'countdown-dial.tsx', text: dialText },
      { name: 'player-list.tsx', text: playersText },
    ],
  },
]
