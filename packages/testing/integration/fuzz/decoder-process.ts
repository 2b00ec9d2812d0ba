import { answerCommands } from '../sockets/processes.ts'
import { createDecoderCommands } from './decoder-commands.ts'

answerCommands(createDecoderCommands())
