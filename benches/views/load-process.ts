import { answerCommands } from '../harness/worker.ts'
import { createViewsLoadCommands } from './load-commands.ts'

answerCommands(createViewsLoadCommands())
