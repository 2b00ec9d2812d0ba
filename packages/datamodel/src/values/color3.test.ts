import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Color3 } from './color3.ts'

const invalid = expect.objectContaining({ code: 'invalidValue' })

describe('Color3', () => {
  it('VT1 is frozen; VT4 equals part by part', () => {
    const color = new Color3(0.1, 0.2, 0.3)
    expect(Object.isFrozen(color)).toBe(true)
    expect(color.equals(new Color3(0.1, 0.2, 0.3))).toBe(true)
    expect(color.equals(Color3.white)).toBe(false)
    expect(color.toString()).toBe('0.1, 0.2, 0.3')
  })

  it('VT11 has parts from 0 to 1', () => {
    expect(() => new Color3(1.01, 0, 0)).toThrow(invalid)
    expect(() => new Color3(0, -0.01, 0)).toThrow(invalid)
    expect(() => new Color3(0, 0, Number.NaN)).toThrow(invalid)
    expect(() => Color3.fromRGB(256, 0, 0)).toThrow(invalid)
    expect(() => Color3.black.lerp(Color3.white, 1.5)).toThrow(invalid)
    expect(Object.is(new Color3(-0).r, 0)).toBe(true)
  })

  it('VT11 survives the way to hexadecimal and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const hex = `#${number.toString(16).padStart(6, '0')}`
        expect(Color3.fromHex(hex).toHex()).toBe(hex)
      }),
    )
    expect(Color3.fromHex('F80').toHex()).toBe('#ff8800')
    expect(Color3.fromHex('#ff8800').equals(Color3.fromRGB(255, 136, 0))).toBe(true)
  })

  it.each(['', '#', '#12345', '#1234567', 'orange', '#ggg', '##fff', '#fff\n'])(
    'VT11 refuses %j as hexadecimal',
    (text) => {
      expect(() => Color3.fromHex(text)).toThrow(invalid)
    },
  )

  it('VT6 lerps part by part', () => {
    expect(Color3.black.lerp(Color3.white, 0.25)).toEqual(new Color3(0.25, 0.25, 0.25))
  })
})
