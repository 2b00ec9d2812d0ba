/**
 * Loaded before an app's own code. An app without a PORT setting, such as the README's, asks for 3000, which is taken
 * where someone has the playground running; here it gets the test's port. And a server never outlives its test run.
 */
import net from 'node:net'

const builtInPort = 3000
const port = Number(process.env['PORT'])
const listen = net.Server.prototype.listen

net.Server.prototype.listen = function (this: net.Server, ...given: unknown[]) {
  const [first, ...rest] = given
  const asked = typeof first === 'object' && first !== null && 'port' in first ? first : null
  const moved = asked?.port === builtInPort ? { ...asked, port } : first
  return Reflect.apply(listen, this, [moved, ...rest])
} as typeof listen

process.on('disconnect', () => process.exit())
