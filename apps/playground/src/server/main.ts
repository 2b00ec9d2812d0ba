import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHost } from 'banyan/node'
import { announce } from './announce.ts'
import { makePlace } from './places.ts'
import { choosePort, describeListenError } from './port.ts'

const pages = fileURLToPath(new URL('../../dist', import.meta.url))
const choice = choosePort(process.env['PORT'])

if ('problem' in choice) fail(choice.problem)
else if (!existsSync(pages))
  fail('The playground is not built yet. Run npm start at the root, which builds it first.')
else await serve(choice.port)

async function serve(port: number): Promise<void> {
  try {
    await createHost({ places: (name) => makePlace(name), port, static: pages })
    announce(port)
  } catch (error) {
    fail(describeListenError(error, port))
  }
}

function fail(line: string): void {
  console.error(line)
  process.exitCode = 1
}
