const adjectives = [
  'Brave',
  'Calm',
  'Clever',
  'Early',
  'Gentle',
  'Happy',
  'Keen',
  'Lucky',
  'Merry',
  'Nimble',
  'Quick',
  'Quiet',
  'Sunny',
  'Swift',
  'Tidy',
  'Wild',
]
const animals = [
  'Badger',
  'Crane',
  'Dolphin',
  'Falcon',
  'Ferret',
  'Finch',
  'Gecko',
  'Heron',
  'Ibex',
  'Lynx',
  'Marten',
  'Otter',
  'Puffin',
  'Raven',
  'Stoat',
  'Wren',
]

/** A name for a number, the same one every time; 256 of them, none longer than 20 characters. */
export function nameOfNumber(number: number): string {
  const adjective = adjectives[number % adjectives.length]
  const animal = animals[Math.floor(number / adjectives.length) % animals.length]
  return `${adjective} ${animal}`
}

/** This browser's name in this seat, kept between visits where the browser allows it. */
export function visitorName(seat: string | null): string {
  const key = seat === null ? 'playground.name' : `playground.name.${seat}`
  const [number = 0] = crypto.getRandomValues(new Uint8Array(1))
  try {
    const kept = localStorage.getItem(key)
    if (kept !== null) return kept
    localStorage.setItem(key, nameOfNumber(number))
  } catch {
    // Storage may be blocked; then the name lasts as long as the page.
  }
  return nameOfNumber(number)
}
