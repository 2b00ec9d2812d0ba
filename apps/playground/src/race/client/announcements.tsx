import { useClient, useRemoteEvent } from 'banyan/react'
import { useEffect, useState } from 'react'
import { remotes } from '../definition.ts'
import './announcements.css'

const shownMs = 4_000

export interface AnnouncementsProps {
  /** Otherwise only screen readers get them, as between races, when a panel says more. */
  readonly isVisible: boolean
}

/** What race control tells everyone, for a moment. */
export function Announcements({ isVisible }: AnnouncementsProps) {
  const { clock } = useClient()
  const [text, setText] = useState<string | null>(null)
  useRemoteEvent(remotes.announced, (announcement) => setText(announcement.text))
  useEffect(() => {
    if (text === null) return
    return clock.after(shownMs, () => setText(null))
  }, [clock, text])
  return (
    <p className={isVisible ? 'announcements' : 'announcements visually-hidden'} role="status">
      {text !== null && <span key={text}>{text}</span>}
    </p>
  )
}
