import { answerCommands } from '../harness/worker.ts'
import { createLoadCommands } from './load-commands.ts'

answerCommands(createLoadCommands())
