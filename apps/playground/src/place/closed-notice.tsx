import type { ConnectionState } from 'banyan/client'
import { Notice } from '../shell/notice.tsx'
import { newSeat, placeQuery } from './place-address.ts'

type CloseCode = Extract<ConnectionState, { kind: 'closed' }>['code']

export interface ClosedNoticeProps {
  readonly code: CloseCode
  readonly reason: string
  /** Connects again, as the same player. */
  readonly onReturn: () => void
}

/** Why the connection ended for good, in words, and the way back. */
export function ClosedNotice({ code, reason, onReturn }: ClosedNoticeProps) {
  const { title, text, action } = describeClose(code, reason)
  return (
    <Notice title={title} text={text}>
      {action === 'reload' ? (
        <button type="button" className="button button--primary" onClick={() => location.reload()}>
          Reload
        </button>
      ) : (
        <button type="button" className="button button--primary" onClick={onReturn}>
          {action}
        </button>
      )}
      {code === 'placeFull' && (
        <a className="button" href={placeQuery({ place: newSeat(), seat: null })}>
          Open a place of your own
        </a>
      )}
      <a className="button" href="/">
        All demos
      </a>
    </Notice>
  )
}

interface CloseDescription {
  readonly title: string
  readonly text: string
  readonly action: string
}

function describeClose(code: CloseCode, reason: string): CloseDescription {
  switch (code) {
    case 'takenOver':
      return {
        title: 'You are playing in another tab',
        text: 'The same player connected from a newer window, so this one stepped aside.',
        action: 'Play here instead',
      }
    case 'kicked':
      return { title: 'You were removed', text: reason || 'The server gave no reason.', action: 'Join again' }
    case 'placeFull':
      return {
        title: 'This place is full',
        text: 'Everyone who fits in is in. A place may free up.',
        action: 'Try again',
      }
    case 'noSuchPlace':
      return {
        title: 'There is no such place',
        text: 'A place name has letters, digits, dashes and underscores only. Check the address.',
        action: 'Try again',
      }
    case 'definitionMismatch':
    case 'versionMismatch':
      return {
        title: 'There is a newer version',
        text: 'This page was loaded before the server changed. Reload to go on.',
        action: 'reload',
      }
    case 'left':
      return { title: 'You left', text: 'Your place is free again.', action: 'Join again' }
    case 'serverClosing':
      return {
        title: 'The server is closing',
        text: 'It said goodbye. Join again when it is back.',
        action: 'Join again',
      }
    case 'flooded':
    case 'slowReader':
    case 'malformed':
    case 'oversize':
    case 'sessionExpired':
    case 'unauthorized':
    case 'helloTimeout':
    case 'serverFault':
      return {
        title: 'The connection ended',
        text: reason || 'The server closed it.',
        action: 'Connect again',
      }
  }
}
