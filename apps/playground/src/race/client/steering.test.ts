import { describe, expect, it } from 'vitest'
import { gripOf, steeringOf } from './steering.ts'

describe('steering', () => {
  it('goes straight with nothing held, or with both', () => {
    expect(steeringOf(new Set())).toEqual({ turn: 0, isBraking: false })
    expect(steeringOf(new Set(['left', 'right']))).toEqual({ turn: 0, isBraking: false })
  })

  it('steers and brakes at once', () => {
    expect(steeringOf(new Set(['left', 'brake']))).toEqual({ turn: -1, isBraking: true })
    expect(steeringOf(new Set(['right']))).toEqual({ turn: 1, isBraking: false })
  })

  it('knows arrows and WASD, and nothing else', () => {
    expect(['ArrowLeft', 'KeyA', 'ArrowRight', 'KeyD', 'ArrowDown', 'KeyS'].map(gripOf)).toEqual([
      'left',
      'left',
      'right',
      'right',
      'brake',
      'brake',
    ])
    expect(gripOf('KeyX')).toBeNull()
    expect(gripOf('constructor')).toBeNull()
  })
})
