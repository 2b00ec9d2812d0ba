import { useLeaderstats, useLocalPlayer } from 'banyan/react'
import './leaderboard.css'

/** Every player's `leaderstats`, the leader first. It is also the race in words, for who cannot see the track. */
export function Leaderboard() {
  const { columns, rows } = useLeaderstats()
  const localPlayer = useLocalPlayer()
  const sorted = rows.toSorted((a, b) => placeOf(a.values) - placeOf(b.values))
  return (
    <section className="leaderboard card">
      <table>
        <caption>Leaderboard</caption>
        <thead>
          <tr>
            <th scope="col">Driver</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ player, name, values }) => (
            <tr key={player.id} data-self={player === localPlayer}>
              <th scope="row">{name}</th>
              {columns.map((column) => (
                <td key={column}>{values[column] || '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Those who do not race come last. */
function placeOf(values: Readonly<Record<string, unknown>>): number {
  const place = values['Place']
  return typeof place === 'number' && place > 0 ? place : Number.POSITIVE_INFINITY
}
