/** The longest name that a Player gets, in UTF-16 units. */
const playerNameLimit = 20

/** A name that fits, holds no control characters, and differs from the taken ones in more than case. */
export function uniquePlayerName(wanted: string, taken: readonly string[]): string {
  const takenFolded = new Set(taken.map(fold))
  const base = tidy(wanted)
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${number}`
    const name = cut(base, playerNameLimit - suffix.length) + suffix
    if (!takenFolded.has(fold(name))) return name
  }
}

function tidy(wanted: string): string {
  const name = cut(wanted.replaceAll(/[\p{C}\s]+/gu, ' ').trim(), playerNameLimit)
  return name === '' ? 'Guest' : name
}

/** Cuts between code points, so that no half of a surrogate pair is left. */
function cut(text: string, limit: number): string {
  let result = ''
  for (const character of text) {
    if (result.length + character.length > limit) break
    result += character
  }
  return result.trimEnd()
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
