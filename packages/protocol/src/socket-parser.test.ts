import fc from 'fast-check'
import { type Packet, PacketType } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { Decoder, Encoder, frameEvent } from './socket-parser.ts'

function decode(...data: unknown[]): Packet[] {
  const packets: Packet[] = []
  const decoder = new Decoder()
  decoder.on('decoded', (packet) => packets.push(packet))
  for (const one of data) decoder.add(one)
  return packets
}

const frame = Uint8Array.of(1, 2, 255)
const framePacket: Packet = { type: PacketType.EVENT, nsp: '/', data: [frameEvent, frame] }

describe('socket parser', () => {
  it('TR12 makes a frame event one binary message: the very bytes', () => {
    const encoded = new Encoder().encode(framePacket)
    expect(encoded).toHaveLength(1)
    expect(encoded[0]).toBe(frame)
  })

  it('TR12 reads binary messages back as frame events, whatever the platform calls binary', () => {
    expect(decode(frame)).toEqual([framePacket])
    expect(decode(frame.buffer)).toEqual([framePacket])
    expect(decode(Buffer.from(frame))).toMatchObject([{ data: [frameEvent, Buffer.from(frame)] }])
    expect(decode(new Uint8Array())).toEqual([{ ...framePacket, data: [frameEvent, new Uint8Array()] }])
  })

  it.each<Packet>([
    { type: PacketType.CONNECT, nsp: '/', data: { token: 'a' } },
    { type: PacketType.DISCONNECT, nsp: '/' },
    { type: PacketType.CONNECT_ERROR, nsp: '/', data: { message: 'no' } },
    { type: PacketType.EVENT, nsp: '/', data: ['said', { text: 'hi' }] },
    { type: PacketType.EVENT, nsp: '/admin', data: [frameEvent, 'text'] },
    { type: PacketType.ACK, nsp: '/', id: 3, data: [] },
  ])('TR13 leaves text packets to socket.io: %j', (packet) => {
    const encoded = new Encoder().encode(packet)
    expect(encoded).toHaveLength(1)
    expect(typeof encoded[0]).toBe('string')
    const read = () => decode(...encoded)
    if (packet.data?.[0] === frameEvent) expect(read).toThrow('a frame came as text')
    else expect(read()).toEqual([packet])
  })

  it.each<Packet>([
    { type: PacketType.EVENT, nsp: '/', data: ['other', frame] },
    { type: PacketType.EVENT, nsp: '/admin', data: [frameEvent, frame] },
    { type: PacketType.EVENT, nsp: '/', id: 1, data: [frameEvent, frame] },
    { type: PacketType.EVENT, nsp: '/', data: [frameEvent, frame, 1] },
    { type: PacketType.ACK, nsp: '/', id: 1, data: [frame] },
  ])('TR14 refuses to send attachments: %j', (packet) => {
    expect(() => new Encoder().encode(packet)).toThrow(expect.objectContaining({ code: 'unencodable' }))
  })

  it.each([
    '51-["f",{"_placeholder":true,"num":0}]',
    '61-0[{"_placeholder":true,"num":0}]',
    '2["f"]',
    '2["f","text"]',
    '2["\\u0066",{}]',
    '2["connect"]',
    '2{"0":"f"}',
    '2[',
    '9',
    null,
    undefined,
    {},
    { base64: true, data: 'AA==' },
    7,
    new Uint16Array(2),
  ])('TR15 throws at a hostile message, so that socket.io closes the one connection: %j', (data) => {
    expect(() => decode(data)).toThrow()
  })

  it('TR15 never emits a frame event without bytes, whatever text comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `2${json}`),
        ),
        (text) => {
          let packets: Packet[] = []
          try {
            packets = decode(text)
          } catch {}
          return packets.every((packet) => packet.data?.[0] !== frameEvent)
        },
      ),
    )
  })
})
