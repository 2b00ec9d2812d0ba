import { useEffect, useState } from 'react'
import { newSeat, type PlaceAddress, placeQuery } from './place-address.ts'
import './seat-links.css'

export interface SeatLinksProps {
  readonly path: string
  readonly address: PlaceAddress
}

/** A second window as a second player, and a link to hand to others. */
export function SeatLinks({ path, address }: SeatLinksProps) {
  const [seat, setSeat] = useState(newSeat)
  const { place } = address
  return (
    <div className="seat-links">
      <a
        className="button button--quiet"
        href={`${path}${placeQuery({ place, seat })}`}
        target="_blank"
        rel="noopener noreferrer"
        onClick={() => setTimeout(() => setSeat(newSeat()))}
      >
        Open a second player
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
          <path
            d="M6 3h7v7M13 3 4 12"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        <span className="visually-hidden">(opens a new window)</span>
      </a>
      <CopyButton text={`${location.origin}${path}${placeQuery({ place, seat: null })}`} />
    </div>
  )
}

function CopyButton({ text }: { readonly text: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (result !== 'copied') return
    const timer = setTimeout(() => setResult(null), 2_000)
    return () => clearTimeout(timer)
  }, [result])

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
    } catch {
      setResult('failed')
    }
  }

  // Without a secure context there is no clipboard; then the link stands there to be copied by hand.
  if (result === 'failed') {
    return (
      <input
        className="seat-links__address"
        aria-label="Link to this place"
        readOnly
        value={text}
        ref={(input) => input?.select()}
      />
    )
  }
  return (
    <button type="button" className="button button--quiet" onClick={() => void copy()}>
      <span aria-live="polite">{result === 'copied' ? 'Copied' : 'Copy link'}</span>
    </button>
  )
}
