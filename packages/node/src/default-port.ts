import { NodeError } from './node-error.ts'

/** Of a host whose maker names none: what `PORT` in the environment says, as hosting platforms set it, or 3000. */
export function defaultPort(setting: string | undefined): number {
  if (setting === undefined || setting === '') return 3000
  if (/^\d{1,5}$/.test(setting) && Number(setting) <= 65_535) return Number(setting)
  throw new NodeError(
    'invalidOption',
    `cannot listen on PORT "${setting}": it is no port. Set it to a whole number up to 65535, or leave it out.`,
  )
}
