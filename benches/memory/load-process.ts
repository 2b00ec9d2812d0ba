import { answerCommands } from '../harness/worker.ts'
import { createMemoryLoadCommands } from './load-commands.ts'

answerCommands(createMemoryLoadCommands())
