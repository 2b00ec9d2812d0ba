import { Folder } from 'banyan'
import { script } from 'banyan/server'
import { Race, remotes } from '../definition.ts'
import { createGrid } from './grid.ts'
import { handOutPotions } from './inventory.ts'
import { createRaceControl } from './race-control.ts'
import { createRefereeNotes } from './referee-notes.ts'
import { addScores } from './scoreboard.ts'

/** The race's rules in one place. `privateMark` is written to ServerStorage and stays there. */
export function createRaceScript({ privateMark }: { readonly privateMark: string }) {
  return script(({ players, replicatedStorage, serverStorage, workspace, remote, heartbeat, clock }) => {
    const control = createRaceControl({
      race: new Race({ name: 'Race', parent: replicatedStorage }),
      results: new Folder({ name: 'Results', parent: replicatedStorage }),
      grid: createGrid(workspace),
      notes: createRefereeNotes(serverStorage, privateMark),
      players,
      clock,
      announce: (text) => remote(remotes.announced).fireAllClients({ text }),
    })

    // Server to one client: what lies in a Backpack reaches its owner only.
    players.playerAdded.connect((player) => {
      addScores(player)
      handOutPotions(player)
    })
    players.playerRemoving.connect((player) => control.leave(player))

    // Client to server: the payload is validated, the player is who the connection says.
    remote(remotes.setReady).onServerEvent.connect((player, { isReady }) => control.setReady(player, isReady))
    remote(remotes.startNow).onServerEvent.connect((player) => control.startNow(player))
    remote(remotes.steer).onServerEvent.connect((player, input) => control.steer(player, input))
    remote(remotes.drinkPotion).onServerEvent.connect((player) => control.drinkPotion(player))

    // Server to all: whatever the step writes to the tree, the countdown among it.
    heartbeat.connect((dtMs) => control.step(dtMs / 1000))
  })
}
