import { type CloseCode, decodeDown, encodeHello, protocolVersion } from '@banyan/protocol'
import { definition } from '../sockets/strain-game.ts'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'

/** A line to a host in the hands of someone who means harm. */
export interface Intruder {
  readonly line: RawWebSocket
  /** What the server said before it closed the session; null where it said nothing. */
  readonly closed: CloseCode | null
  /** Counted: everything that was sent as a message, greeting and honest hello apart. */
  readonly sent: number
  send(message: string | Uint8Array): void
  /** Resolves when the line is greeted; false where it was cut. */
  greeted(): Promise<boolean>
  /** Says an honest hello and resolves when it is welcomed; false where it is not. */
  welcomed(): Promise<boolean>
  /** Resolves when the line is gone. */
  gone(): Promise<void>
}

const downKind = Object.freeze({ welcome: 0x81, close: 0x84 })

/** A hello that would be let in. */
export function helloOf(name: string): Uint8Array {
  return encodeHello({
    protocolVersion,
    definitionHash: definition.hash,
    place: 'main',
    guestKey: name,
    name,
    turn: 0,
    credentials: null,
    resume: null,
  })
}

/** Connects at once. `onFrame` hears frames as they came. */
export function createIntruder({
  port,
  name,
  onFrame = () => {},
}: {
  readonly port: number
  readonly name: string
  readonly onFrame?: (frame: Uint8Array) => void
}): Intruder {
  let closed: CloseCode | null = null
  let sent = 0
  let [isGreeted, isWelcomed, isGone] = [false, false, false]
  let wake = (): void => {}

  const line = openRawWebSocket(port, {
    onOpen: () => {},
    onText(text) {
      if (text.startsWith('0')) line.send('40')
      else if (text.startsWith('40')) isGreeted = true
      else if (text === '2') line.send('3')
      wake()
    },
    onFrame(frame) {
      if (frame[0] === downKind.welcome) isWelcomed = true
      if (frame[0] === downKind.close) closed = codeIn(frame)
      onFrame(frame)
      wake()
    },
    onClosed() {
      isGone = true
      wake()
    },
  })

  async function until(condition: () => boolean): Promise<boolean> {
    while (!condition() && !isGone) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return condition()
  }

  return {
    line,
    get closed() {
      return closed
    },
    get sent() {
      return sent
    },
    send(message) {
      sent += 1
      line.send(message)
    },
    greeted: () => until(() => isGreeted),
    async welcomed() {
      if (!(await until(() => isGreeted))) return false
      line.send(helloOf(name))
      return until(() => isWelcomed)
    },
    async gone() {
      await until(() => isGone)
    },
  }
}

function codeIn(frame: Uint8Array): CloseCode | null {
  const decoded = decodeDown(definition, frame)
  return decoded.ok && decoded.value.kind === 'close' ? decoded.value.code : null
}
