import { circuit, world } from '../race/track/circuit.ts'
import './home-page.css'

/** One sentence and a card for each demo. */
export function HomePage() {
  return (
    <main className="home">
      <h1>One tree, live in every browser.</h1>
      <p className="home__lead">
        Banyan is a React toolkit for multiplayer: the server owns a tree of objects, and everyone who looks
        at it sees the same one.
      </p>
      <ul className="home__cards">
        <li>
          <a className="home__card card" href="/countdown">
            <CountdownPicture />
            <h2>Countdown</h2>
            <p>Anyone starts it, everyone sees the same number.</p>
          </a>
        </li>
        <li>
          <a className="home__card card" href="/race">
            <RacePicture />
            <h2>Race</h2>
            <p>Up to eight players, three laps, and a potion.</p>
          </a>
        </li>
      </ul>
    </main>
  )
}

function CountdownPicture() {
  return (
    <svg
      className="home__picture"
      viewBox={`0 0 ${world.width} ${world.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <circle className="home__rail" cx="120" cy="80" r="54" />
      <circle
        className="home__ring"
        cx="120"
        cy="80"
        r="54"
        pathLength="1"
        strokeDasharray="0.6 1"
        transform="rotate(-90 120 80)"
      />
      <text className="home__number" x="120" y="80" dy="0.36em" textAnchor="middle">
        3
      </text>
    </svg>
  )
}

function RacePicture() {
  const points = circuit.samples
    .filter((_, index) => index % 2 === 0)
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
  return (
    <svg
      className="home__picture"
      viewBox={`0 0 ${world.width} ${world.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <polygon className="home__road" points={points.join(' ')} />
      <polygon className="home__center" points={points.join(' ')} />
      <rect className="home__car home__car--second" x="140" y="145" width="14" height="7" rx="2.200" />
      <rect className="home__car" x="118" y="134" width="14" height="7" rx="2.200" />
    </svg>
  )
}
