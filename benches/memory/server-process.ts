import { answerCommands } from '../harness/worker.ts'
import { createMemoryServerCommands } from './server-commands.ts'

answerCommands(createMemoryServerCommands())
