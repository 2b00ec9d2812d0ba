import { describe, expect, test } from 'vitest'
import { Arrears } from './arrears.ts'

describe('arrears', () => {
  test('SK3 begin with what is left out first, and end when it is told', () => {
    const arrears = new Arrears()
    expect([arrears.owedSince, arrears.since]).toEqual([null, null])
    arrears.owe(10)
    arrears.owe(12)
    expect([arrears.owedSince, arrears.since]).toEqual([10, 10])
    arrears.paid(15)
    expect([arrears.owedSince, arrears.since]).toEqual([null, 10])
  })

  test('SK5 what was told is remembered until the client has it', () => {
    const arrears = new Arrears()
    arrears.owe(10)
    arrears.paid(15)
    arrears.acknowledge(14)
    expect(arrears.since).toBe(10)
    arrears.acknowledge(15)
    expect(arrears.since).toBeNull()
    arrears.owe(20)
    arrears.paid(25)
    arrears.owe(30)
    arrears.acknowledge(26)
    expect([arrears.owedSince, arrears.since]).toEqual([30, 30])
  })

  test.each([
    ['before the gap', 10, null],
    ['within it', 11, 10],
    ['behind what was told', 15, null],
  ])('SK5 who resumes %s lacks that and no more', (_where, seq, owedSince) => {
    const arrears = new Arrears()
    arrears.owe(10)
    arrears.paid(15)
    arrears.resume(seq)
    expect(arrears.owedSince).toBe(owedSince)
  })

  test('SK5 who lost the line within a later gap lacks all from the first one on that is not known to be told', () => {
    const arrears = new Arrears()
    arrears.owe(10)
    arrears.paid(15)
    arrears.owe(30)
    arrears.resume(32)
    expect(arrears.owedSince).toBe(10)
  })
})
