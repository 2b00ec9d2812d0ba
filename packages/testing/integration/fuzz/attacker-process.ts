import { answerCommands } from '../sockets/processes.ts'
import { createAttackerCommands } from './attacker-commands.ts'

answerCommands(createAttackerCommands())
