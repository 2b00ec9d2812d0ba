import { describe, expect, it } from 'vitest'
import { createPageLedger } from './page-ledger.ts'

function createPage(fired: number[] = []) {
  return createPageLedger({ number: 1, fired })
}

describe('the books of a page', () => {
  it('TA5 what the server hears is each event once, in order, from the first on', () => {
    const page = createPage()
    for (const expected of [1, 2, 3]) expect(page.next('said')).toEqual([1, expected])
    expect(page.heardUp(1)).toBeNull()
    expect(page.heardUp(1)).toBe('the server heard event 1 of page 1 after event 1')
    expect(page.heardUp(3)).toBe('the server heard event 3 of page 1 after event 1')
    expect(page.missing()).toEqual(['the server never heard event 2 of 3 of page 1'])
    expect(page.unheard).toBe(2)
  })

  it('TA5 what a client hears is each event that was fired to it, once and in order', () => {
    const fired = [1, 2, 4]
    const page = createPage(fired)
    fired.push(5, 7, 8)
    expect(page.heardDown(4)).toBe('heard event 4, which was fired before the page was there')
    expect(page.heardDown(5)).toBeNull()
    expect(page.heardDown(8)).toBe('heard event 8 after 5, where 7 was due')
    expect(page.heardDown(7)).toBeNull()
    expect(page.heardDown(7)).toBe('heard event 7 after 7, where 8 was due')
    expect(page.missing()).toEqual(['never heard event 8, the last being 8'])
  })

  it('TA5 a page is owed what was fired since it was seen to be in, and no event before', () => {
    const fired = [1]
    const page = createPage(fired)
    fired.push(2)
    expect(page.missing()).toEqual([])
    page.arrived()
    expect(page.missing()).toEqual([])
    fired.push(3, 4)
    expect(page.missing()).toEqual(['never heard event 3, the last being 4'])
    expect(page.heardDown(4)).toBe('heard event 4 first, and missed 3')
  })

  it('TA5 every request is answered', () => {
    const page = createPage()
    for (const expected of [1, 2]) expect(page.next('asked')).toEqual([1, expected])
    page.answered(2)
    expect(page.missing()).toEqual(['got no answer to request 1'])
    page.answered(1)
    expect(page.missing()).toEqual([])
  })
})
