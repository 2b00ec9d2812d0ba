import { describe, expect, it } from 'vitest'
import { choosePort, describeListenError } from './port.ts'

describe('the port', () => {
  it('is 3000 unless PORT says otherwise', () => {
    expect(choosePort(undefined)).toEqual({ port: 3000 })
    expect(choosePort('')).toEqual({ port: 3000 })
    expect(choosePort('8080')).toEqual({ port: 8080 })
  })

  it.each(['0', '65536', '80.5', '-1', 'http', '3000x'])('refuses %s in one line', (text) => {
    const choice = choosePort(text)
    expect(choice).toEqual({ problem: expect.stringContaining(`PORT "${text}" is not a port`) })
  })

  it('says what to do when the port is in use', () => {
    const error = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
    expect(describeListenError(error, 3000)).toBe(
      'Port 3000 is in use. End the program that uses it, or choose another port: PORT=3001 npm start',
    )
  })
})
