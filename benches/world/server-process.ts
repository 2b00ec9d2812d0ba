import { answerCommands } from '../harness/worker.ts'
import { createServerCommands } from './server-commands.ts'

answerCommands(createServerCommands())
