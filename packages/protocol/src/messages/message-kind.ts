/** The first byte of every frame. Those that clients send are below 128, so a frame in the wrong direction is unknown. */
export const messageKind = Object.freeze({
  hello: 0x01,
  calls: 0x02,
  ack: 0x03,
  ping: 0x04,
  leave: 0x05,
  datagramUp: 0x06,
  sentinel: 0x07,
  welcome: 0x81,
  patches: 0x82,
  pong: 0x83,
  close: 0x84,
  datagramDown: 0x85,
  snapshot: 0x86,
  patchesWithNews: 0x87,
})
