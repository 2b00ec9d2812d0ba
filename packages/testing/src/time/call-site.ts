/** Deep enough to leave the kit and the framework's own layers behind. */
const depth = 12

/** Remembers where it was called. Costs little: the text is made when it is asked for. */
export function rememberCallSite(): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth
  const site = new Error('set here')
  Error.stackTraceLimit = stackTraceLimit
  return site
}

/** The lines of a remembered place, the kit's own and what lies between it and them left out, nearest first. */
export function linesOf(site: Error): readonly string[] {
  return (site.stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !kitFolder.test(line) && !clientFrames.test(line))
}

/** The nearest line outside the kit, for messages. */
export function whereOf(site: Error): string {
  return linesOf(site)[0] ?? 'at an unknown place'
}

const kitFolder = /[\\/]testing[\\/](src|dist)[\\/](time|place|vitest|failure)[\\/](?![^\\/]*\.test\.)/
/** What a client's listeners of frames go through. */
const clientFrames = /[\\/](packages|@banyan)[\\/]client[\\/](src|dist)[\\/]frames[\\/]/
