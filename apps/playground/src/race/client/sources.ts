/* oxlint-disable import/default -- a ?raw import's default is the text of the file */
import type { SourceGroup } from '../../source/source-view.tsx'
import carText from '../car.ts?raw'
import definitionText from '../definition.ts?raw'
import lapsText from '../laps.ts?raw'
import rulesText from '../rules.ts?raw'
import fieldText from '../server/field.ts?raw'
import gridText from '../server/grid.ts?raw'
import inventoryText from '../server/inventory.ts?raw'
import serverText from '../server/race.server.ts?raw'
import controlText from '../server/race-control.ts?raw'
import runningText from '../server/running-race.ts?raw'
import scoreboardText from '../server/scoreboard.ts?raw'
import circuitText from '../track/circuit.ts?raw'
import leaderboardText from './leaderboard.tsx?raw'
import lobbyText from './lobby-panel.tsx?raw'
import potionText from './potion-button.tsx?raw'
import canvasText from './race-canvas.tsx?raw'
import demoText from './race-demo.tsx?raw'
import viewText from './race-view.ts?raw'
import drivingText from './use-driving.ts?raw'

/** The race's source by side, as it runs; each side begins with the file to read first. */
export const sources: readonly SourceGroup[] = [
  {
    title: 'Shared',
    files: [
      { name: 'definition.ts', text: definitionText },
      { name: 'rules.ts', text: rulesText },
      { name: 'car.ts', text: carText },
      { name: 'laps.ts', text: lapsText },
      { name: 'circuit.ts', text: circuitText },
    ],
  },
  {
    title: 'Server',
    files: [
      { name: 'race.server.ts', text: serverText },
      { name: 'race-control.ts', text: controlText },
      { name: 'running-race.ts', text: runningText },
      { name: 'field.ts', text: fieldText },
      { name: 'grid.ts', text: gridText },
      { name: 'inventory.ts', text: inventoryText },
      { name: 'scoreboard.ts', text: scoreboardText },
    ],
  },
  {
    title: 'Client',
    files: [
      { name: 'race-demo.tsx', text: demoText },
      { name: 'lobby-panel.tsx', text: lobbyText },
      { name: 'use-driving.ts', text: drivingText },
      { name: 'potion-button.tsx', text: potionText },
      { name: 'leaderboard.tsx', text: leaderboardText },
      { name: 'race-canvas.tsx', text: canvasText },
      { name: 'race-view.ts', text: viewText },
    ],
  },
]
