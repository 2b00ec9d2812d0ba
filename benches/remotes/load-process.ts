import { answerCommands } from '../harness/worker.ts'
import { createRemotesLoadCommands } from './load-commands.ts'

answerCommands(createRemotesLoadCommands())
