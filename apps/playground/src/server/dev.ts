import { createServer as createHttpServer } from 'node:http'
import { createHost } from 'banyan/node'
import { createServer as createViteServer } from 'vite'
import { announce } from './announce.ts'
import { makePlace } from './places.ts'
import { choosePort, describeListenError } from './port.ts'

const choice = choosePort(process.env['PORT'])

if ('problem' in choice) fail(choice.problem)
else await serve(choice.port)

/** Pages from Vite, places from the host, one port and one process; `node --watch` restarts it when the server changes. */
async function serve(port: number): Promise<void> {
  const server = createHttpServer()
  const vite = await createViteServer({
    configLoader: 'native',
    server: { middlewareMode: true, hmr: { server } },
  })
  server.on('request', vite.middlewares)
  await createHost({ places: (name) => makePlace(name, { isDevelopment: true }), server })
  server.once('error', (error) => fail(describeListenError(error, port)))
  server.listen(port, () => announce(port))
}

function fail(line: string): void {
  console.error(line)
  process.exit(1)
}
