import { useChildren, useCountdown, useInstance, useLocalPlayer } from 'banyan/react'
import { Potion, type Racer } from '../definition.ts'
import './potion-button.css'

export interface PotionButtonProps {
  readonly racer: Racer | null
  readonly isRacing: boolean
  readonly onDrink: () => void
}

/** What is left in one's own Backpack, which no other player can see, and a way to drink it without a key. */
export function PotionButton({ racer, isRacing, onDrink }: PotionButtonProps) {
  const backpack = useLocalPlayer().backpack
  const potions = useChildren(backpack, Potion)
  const isInvisible = useInstance(racer, ({ properties }) => !properties.visible) ?? false
  const visibleAt = useInstance(racer, ({ properties }) => properties.visibleAt) ?? 0
  const { seconds } = useCountdown(visibleAt)
  return (
    <button
      type="button"
      className="potion-button"
      data-active={isInvisible}
      disabled={!isRacing || racer === null || isInvisible || potions.length === 0}
      onClick={onDrink}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M9 3h6M10 3v6l-5 8.500A2.400 2.400 0 0 0 7 21h10a2.400 2.400 0 0 0 2-3.500L14 9V3M7.500 14h9" />
      </svg>
      <span className="tabular">
        <span className="potion-button__word">{isInvisible && 'Unseen '}</span>
        {isInvisible ? `${seconds} s` : potions.length}
        <span className="potion-button__word">
          {!isInvisible && (potions.length === 1 ? ' potion' : ' potions')}
        </span>
      </span>
      <kbd>P</kbd>
    </button>
  )
}
