import {
  type Audiences,
  createAudiences,
  DataModel,
  type Peer,
  type Signal,
  serverAuthority,
} from '@banyan/datamodel'
import { type CauseLog, createCauseLog } from '../causes/cause-log.ts'
import { Heartbeat } from '../causes/heartbeat.ts'
import type { Report } from '../isolation.ts'
import { createNestedEditor } from '../recipes.ts'
import { createRemoteDirectory, type RemoteDirectory } from '../remotes/remote-directory.ts'
import type { RemoteLookup } from '../remotes/remote-handle.ts'
import { createRemoteLookup } from '../remotes/remote-lookup.ts'
import { createResumption, type Resumption } from '../resumption.ts'
import { createTaskScheduler, type TaskScheduler } from '../tasks/task-scheduler.ts'
import type { PlaceSettings } from './place-options.ts'

/** What a place would be without a network: the tree, and what makes it move. */
export interface World {
  readonly game: DataModel
  readonly audiences: Audiences
  readonly causes: CauseLog
  readonly directory: RemoteDirectory
  readonly remote: RemoteLookup
  readonly resumption: Resumption
  readonly scheduler: TaskScheduler
  readonly heartbeat: Signal<[elapsedMs: number]>
  /** Writes a fault in user code to the log, with the place's name. */
  readonly report: Report
}

export function createWorld(settings: PlaceSettings, peer: Peer): World {
  const { name, clock, definition, isDevelopment, log, maxPlayers } = settings
  const report: Report = (error, source) => log.error(`place "${name}": ${source} failed`, error)
  const game = new DataModel({
    definition,
    authority: serverAuthority,
    clock,
    report,
    warn: (message) => log.warn(`place "${name}": ${message}`),
    peer,
    editNested: createNestedEditor(),
    isDevelopment,
  })
  const causes = createCauseLog({ clock, queue: game.queue })
  const directory = causes.run({ kind: 'place' }, () => {
    game.getService('Players').maxPlayers = maxPlayers
    return createRemoteDirectory(game, definition.remotes)
  })
  const resumption = createResumption({ queue: game.queue, report })
  return {
    game,
    audiences: createAudiences(game),
    causes,
    directory,
    remote: createRemoteLookup(directory),
    resumption,
    scheduler: createTaskScheduler({ clock, causes, resumption, report }),
    heartbeat: new Heartbeat({ queue: game.queue, causes }),
    report,
  }
}
