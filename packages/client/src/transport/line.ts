/** An Engine.IO connection, whichever way it takes; it begins when it is made. */
export interface Line {
  /** A message: text, or the bytes of a frame. Only while the line is open. */
  write(message: string | Uint8Array): void
  /** Messages written before still leave. The line says nothing any more. */
  close(): void
  /** Bytes that have not left. */
  readonly bufferedBytes: number
}

/** What is heard of a line, never inside a call of it. */
export interface LineHandlers {
  onOpen(): void
  onMessage(message: string | Uint8Array): void
  /** Called once, last; before `onOpen` where the line did not come about. */
  onEnd(cause: string): void
}

/** The path that hosts listen on. */
export const path = '/banyan'

/** Browsers hand over an ArrayBuffer, engines in Node a Buffer, which is a Uint8Array. */
export function messageOf(data: string | ArrayBuffer | Uint8Array): string | Uint8Array {
  return typeof data === 'string' || data instanceof Uint8Array ? data : new Uint8Array(data)
}
