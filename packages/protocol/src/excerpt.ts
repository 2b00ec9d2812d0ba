/**
 * A text from a stranger as an error or a log shows it: at most `limit` characters in one line, so that nobody fills a
 * log or forges its lines.
 */
export function excerpt(text: string, limit: number): string {
  const start = text.length > limit ? `${text.slice(0, limit)}…` : text
  // Unassigned and private characters stay: they may be letters of a newer or a custom font.
  return start.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
}
