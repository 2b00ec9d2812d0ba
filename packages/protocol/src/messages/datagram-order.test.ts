import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DatagramOrder } from './datagram-order.ts'

it('MS16 of each remote the newest wins: nothing is taken twice, and nothing older after something newer', () => {
  const remotes = [{}, {}, {}]
  const arrivals = fc.array(fc.tuple(fc.constantFrom(...remotes), fc.nat(20)), { maxLength: 60 })
  fc.assert(
    fc.property(arrivals, (datagrams) => {
      const order = new DatagramOrder()
      const taken = datagrams.filter(([remote, seq]) => order.take(remote, seq))
      for (const remote of remotes) {
        const seqs = taken.filter(([of]) => of === remote).map(([, seq]) => seq)
        expect(seqs).toEqual([...new Set(seqs)].toSorted((left, right) => left - right))
        const all = datagrams.filter(([of]) => of === remote).map(([, seq]) => seq)
        expect(seqs.at(-1)).toBe(all.length === 0 ? undefined : Math.max(...all))
      }
    }),
  )
})
