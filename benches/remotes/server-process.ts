import { answerCommands } from '../harness/worker.ts'
import { createRemotesServerCommands } from './server-commands.ts'

answerCommands(createRemotesServerCommands())
