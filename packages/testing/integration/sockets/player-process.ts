import { createPlayerCommands } from './player-commands.ts'
import { answerCommands } from './processes.ts'

answerCommands(createPlayerCommands())
