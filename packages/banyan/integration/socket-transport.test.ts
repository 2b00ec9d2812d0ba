import { describeTransport } from '@banyan/protocol/transport-contract'
import { openBareSockets } from './fixtures/bare-sockets.ts'

describeTransport('socket.io', openBareSockets)
