import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'

/** Samples this process twice a millisecond until the returned function is called, which writes the file that Chromium's devtools open. */
export async function startProfile(): Promise<(path: string) => Promise<void>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 500 })
  await session.post('Profiler.start')
  return async (path) => {
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    await writeFile(path, JSON.stringify(profile))
  }
}
