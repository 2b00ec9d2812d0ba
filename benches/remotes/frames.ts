/** What the systems without a format of their own send: a byte for the kind, then a fixed body. */
export type RemoteFrame =
  | { readonly kind: 'echo'; readonly value: number }
  | { readonly kind: 'flood'; readonly value: number }
  | { readonly kind: 'broadcast'; readonly text: string }

const kinds = Object.freeze(['echo', 'flood', 'broadcast'] as const)

export function encodeFrame(frame: RemoteFrame): Buffer {
  const bytes =
    frame.kind === 'broadcast' ? Buffer.from(`\0${frame.text}`, 'latin1') : Buffer.allocUnsafeSlow(9)
  if (frame.kind !== 'broadcast') bytes.writeDoubleLE(frame.value, 1)
  bytes[0] = kinds.indexOf(frame.kind)
  return bytes
}

export function decodeFrame(bytes: Buffer): RemoteFrame {
  const kind = kinds[bytes[0] ?? -1]
  if (kind === undefined) throw new Error('a frame of no kind')
  if (kind === 'broadcast') return { kind, text: bytes.toString('latin1', 1) }
  return { kind, value: bytes.readDoubleLE(1) }
}

/** Echoes in flight, answered in the order of the questions. */
export function createEchoes(send: (frame: Buffer) => void) {
  const waiting: ((value: number) => void)[] = []
  return {
    ask(value: number): Promise<number> {
      const { promise, resolve } = Promise.withResolvers<number>()
      waiting.push(resolve)
      send(encodeFrame({ kind: 'echo', value }))
      return promise
    },
    answer: (value: number): void => waiting.shift()?.(value),
  }
}
