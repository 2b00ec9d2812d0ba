/** The mark: one crown on several trunks. Decorative; the name stands beside it. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M4 14a7 7 0 0 1 8-7 7 7 0 0 1 12 2 5 5 0 0 1 4 5M4 14h24M16 14v14M8 14v10M24 14v10M12 14v6M20 14v6" />
    </svg>
  )
}
