import { useRemoteEvent } from 'banyan/react'
import { useEffect, useState } from 'react'
import { remotes } from '../definition.ts'
import './announcements.css'

const shownMs = 4_000

/** What race control tells everyone, for a moment, to eyes and to screen readers. */
export function Announcements() {
  const [text, setText] = useState<string | null>(null)
  useRemoteEvent(remotes.announced, (announcement) => setText(announcement.text))
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => setText(null), shownMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p className="announcements" role="status">
      {text !== null && <span key={text}>{text}</span>}
    </p>
  )
}
