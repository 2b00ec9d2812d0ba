import { type RefObject, useEffect } from 'react'

/** Scrolls so that the whole element is on the screen: as soon as `isWanted`, and again when the screen has turned. */
export function useScreenRoom(element: RefObject<HTMLElement | null>, isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return
    let width = window.innerWidth
    const onResize = () => {
      // A phone's toolbars come and go while its owner scrolls, which is no reason to scroll back.
      if (window.innerWidth === width && matchMedia('(pointer: coarse)').matches) return
      width = window.innerWidth
      makeRoom(element.current, 'instant')
    }
    makeRoom(element.current, 'smooth')
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [element, isWanted])
}

function makeRoom(element: HTMLElement | null, wish: ScrollBehavior): void {
  if (element === null) return
  const { top, bottom } = element.getBoundingClientRect()
  if (top >= 0 && bottom <= window.innerHeight) return
  // Asked for by a script, smooth scrolling does not heed the setting by itself.
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'start', behavior: isStill ? 'instant' : wish })
}
