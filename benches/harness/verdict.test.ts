import { describe, expect, test } from 'vitest'
import { type Figure, judge, middle, type Target, type ValuesOf } from './verdict.ts'

const figure = (system: string): Figure => ({ case: 'small', system, quantity: 'cpu' })

/** Banyan's median is 3, the peer's 4. */
const valuesOf: ValuesOf = ({ system }) => ({ banyan: [9, 3, 1], peer: [4, 4, 100] })[system] ?? []

function target(bound: Target['bound'], to: Figure | null = figure('peer')): Target {
  return { says: 'server CPU', of: figure('banyan'), to, bound }
}

describe('a verdict', () => {
  test('is by the ratio of medians, not by the median of ratios or by the best run', () => {
    expect(judge(target({ most: 0.8 }), valuesOf)).toEqual({ kind: 'met', value: 0.75 })
    expect(judge(target({ most: 0.7 }), valuesOf)).toEqual({ kind: 'missed', value: 0.75 })
  })

  test('is kind to what lands on the bound', () => {
    expect(judge(target({ most: 0.75 }), valuesOf).kind).toBe('met')
    expect(judge(target({ least: 0.75 }), valuesOf).kind).toBe('met')
  })

  test('asks for more where more is better', () => {
    expect(judge(target({ least: 1 }), valuesOf)).toEqual({ kind: 'missed', value: 0.75 })
  })

  test('takes a figure by itself where there is nothing to divide it by', () => {
    expect(judge(target({ most: 8 }, null), valuesOf)).toEqual({ kind: 'met', value: 3 })
  })

  test('is none where either side was not measured, or is nothing', () => {
    const nothing: ValuesOf = ({ system }) => (system === 'peer' ? [0] : [3])
    expect(judge(target({ most: 1 }, figure('absent')), valuesOf)).toEqual({ kind: 'unmeasured' })
    expect(judge({ ...target({ most: 1 }), of: figure('absent') }, valuesOf)).toEqual({ kind: 'unmeasured' })
    expect(judge(target({ most: 1 }), nothing)).toEqual({ kind: 'unmeasured' })
  })
})

test('the middle leaves out the runs that have no such figure', () => {
  expect(middle([Number.NaN, 2, 6, 4])).toBe(4)
  expect(middle([Number.NaN])).toBeNaN()
})
