import { useInstance, useLocalPlayer } from 'banyan/react'
import type { Result } from '../definition.ts'
import { exactTime } from '../standings.ts'
import { carColor } from './palette.ts'
import './result-table.css'

export interface ResultTableProps {
  /** In finish order, which is the order in which the server made them. */
  readonly results: readonly Result[]
}

/** The finish order with times. */
export function ResultTable({ results }: ResultTableProps) {
  return (
    <table className="result-table">
      <caption className="visually-hidden">Finish order</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Driver</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <ResultRow key={result.id} result={result} />
        ))}
      </tbody>
    </table>
  )
}

function ResultRow({ result }: { readonly result: Result }) {
  const record = useInstance(result)
  const localPlayer = useLocalPlayer()
  if (record === null) return null
  const { standing, userId, color, finishMs, bestLapMs } = record.properties
  return (
    <tr data-self={userId === localPlayer?.userId}>
      <td className="result-table__rank">{standing}</td>
      <th scope="row">
        <span className="result-table__driver">
          <span className="car-dot" style={{ background: carColor(color) }} />
          {record.name}
        </span>
      </th>
      <td className="result-table__time">
        {finishMs > 0 ? exactTime(finishMs) : 'Did not finish'}
        {bestLapMs > 0 && <small>best lap {exactTime(bestLapMs)}</small>}
      </td>
    </tr>
  )
}
