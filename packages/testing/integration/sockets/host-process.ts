import { createHostCommands } from './host-commands.ts'
import { answerCommands } from './processes.ts'

answerCommands(createHostCommands())
