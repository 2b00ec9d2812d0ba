import { number, object, string } from 'valibot'

/** What clients send, and what they are answered: every system that validates does it by these. */
export const valuePayload = object({ value: number() })
export const textPayload = object({ text: string() })
