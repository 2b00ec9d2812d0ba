import { describeTransport } from '@banyan/protocol/transport-contract'
import { openBareSockets } from './fixtures/bare-sockets.ts'

describeTransport('socket.io', openBareSockets)
// Where the engine or its WebSockets are not the ones that we know.
describeTransport('socket.io, by the engine alone', (options) =>
  openBareSockets({ ...options, straightLineOf: () => null }),
)
describeTransport('socket.io by polling, where no WebSocket passes', (options) =>
  openBareSockets({ ...options, passesWebSockets: false }),
)
