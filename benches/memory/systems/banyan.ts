import { randomUUID } from 'node:crypto'
import { encodeHello, encodeLeave, protocolVersion } from '@banyan/protocol'
import * as parser from '@banyan/protocol/socket-parser'
import { io } from 'socket.io-client'
import { defineWorld } from '../../world/systems/banyan/definition.ts'
import { serveBanyan } from '../../world/systems/banyan/server.ts'
import { emptyWorld } from '../empty-world.ts'
import type { MemorySystem } from '../system.ts'

const { frameEvent } = parser

/**
 * An empty place. A visitor is welcomed like anyone else, but keeps no replica: a thousand of them in one process would
 * each hold the players of all the others.
 */
export const banyan: MemorySystem = {
  serve: ({ http, visitors }) => serveBanyan({ http, ...emptyWorld(visitors) }),
  visit(port) {
    const socket = io(`http://127.0.0.1:${port}`, {
      path: '/banyan',
      parser,
      transports: ['websocket'],
      forceNew: true,
    })
    socket.on('connect', () => {
      const hello = encodeHello({
        protocolVersion,
        definitionHash: defineWorld('single').definition.hash,
        place: 'main',
        guestKey: randomUUID(),
        name: '',
        turn: 0,
        credentials: null,
        resume: null,
      })
      socket.emit(frameEvent, hello)
    })
    return new Promise((resolve, reject) => {
      socket.on('connect_error', reject)
      // A server that refuses closes the line.
      socket.on('disconnect', () => reject(new Error('cannot visit: the place closed the line')))
      socket.once(frameEvent, () =>
        resolve({
          leave() {
            socket.emit(frameEvent, encodeLeave())
            socket.disconnect()
          },
        }),
      )
    })
  },
}
