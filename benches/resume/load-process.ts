import { answerCommands } from '../harness/worker.ts'
import { createResumeLoadCommands } from './load-commands.ts'

answerCommands(createResumeLoadCommands())
