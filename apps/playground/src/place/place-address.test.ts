import { describe, expect, it } from 'vitest'
import { placeQuery, readPlaceAddress } from './place-address.ts'

describe('a place address', () => {
  it('stands for the main place and the first seat when nothing is said', () => {
    expect(readPlaceAddress('')).toEqual({ place: 'main', seat: null })
    expect(readPlaceAddress('?place=&seat=')).toEqual({ place: 'main', seat: null })
  })

  it('survives a round trip', () => {
    const address = { place: 'friends & co', seat: 'k3f' }
    expect(readPlaceAddress(placeQuery(address))).toEqual(address)
  })

  it('leaves out what goes without saying', () => {
    expect(placeQuery({ place: 'main', seat: null })).toBe('')
    expect(placeQuery({ place: 'main', seat: '2' })).toBe('?seat=2')
  })
})
