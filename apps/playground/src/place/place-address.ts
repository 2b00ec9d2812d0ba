/** Which place a window stands in, and as whom: `?place=` and `?seat=` of its address. */
export interface PlaceAddress {
  /** What the visitor calls the place; the server knows it as `<demo>-<place>`. */
  readonly place: string
  /** Tells several players of one browser apart; null for the first. */
  readonly seat: string | null
}

/** The place that everyone meets in unless an address says otherwise. */
const defaultPlace = 'main'

export function readPlaceAddress(search: string): PlaceAddress {
  const query = new URLSearchParams(search)
  return { place: query.get('place')?.trim() || defaultPlace, seat: query.get('seat')?.trim() || null }
}

/** The query for a link to the same place, `''` where nothing needs to be said. */
export function placeQuery({ place, seat }: PlaceAddress): string {
  const query = new URLSearchParams()
  if (place !== defaultPlace) query.set('place', place)
  if (seat !== null) query.set('seat', seat)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** A seat that no other window of this browser is likely to hold. */
export function newSeat(): string {
  const [number = 0] = crypto.getRandomValues(new Uint16Array(1))
  return number.toString(36).padStart(4, '0')
}
