import type { ReactNode } from 'react'
import './notice.css'

export interface NoticeProps {
  readonly title: string
  readonly text: string
  /** Buttons or links, the way out first. */
  readonly children?: ReactNode
}

/** A full stop: something ended, and here is the way on. Told to screen readers at once. */
export function Notice({ title, text, children }: NoticeProps) {
  return (
    <section className="notice card" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="notice__actions">{children}</div>
    </section>
  )
}
