import { answerCommands } from '../harness/worker.ts'
import { createViewsServerCommands } from './server-commands.ts'

answerCommands(createViewsServerCommands())
