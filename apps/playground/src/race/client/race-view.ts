import { Body, type Racer } from '../definition.ts'
import type { Point } from '../track/track.ts'
import { type CarPicture, paintCar, paintLabels } from './car-painter.ts'
import { createMotion, type Motion } from './motion.ts'
import { carColor, type Palette, readPalette } from './palette.ts'
import { paintTrack } from './track-painter.ts'
import { carLengthOf, fitViewport, toScreen, type Viewport } from './viewport.ts'

const ownDelayMs = 60
const othersDelayMs = 100
const trailMs = 450

/** A canvas that shows the race. It reads the tree and draws; React only tells it who takes part. */
export interface RaceView {
  setRacers(racers: readonly Racer[], self: Racer | null): void
  paint(serverTimeMs: number): void
  close(): void
}

interface TrailPoint extends Point {
  readonly timeMs: number
}

interface Shown {
  readonly motion: Motion
  readonly trail: TrailPoint[]
  readonly stop: () => void
}

/** Opens a view on `canvas`; `sampleTime` tells the server time of the patch that is being applied. */
export function createRaceView(canvas: HTMLCanvasElement, sampleTime: () => number): RaceView {
  const context = canvas.getContext('2d')
  const shown = new Map<Racer, Shown>()
  const backdrop = document.createElement('canvas')
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let self: Racer | null = null
  let palette: Palette = readPalette(canvas)
  let viewport: Viewport = fitViewport(1, 1)

  function layOut(): void {
    const ratio = window.devicePixelRatio
    palette = readPalette(canvas)
    viewport = fitViewport(canvas.clientWidth, canvas.clientHeight)
    for (const surface of [canvas, backdrop]) {
      surface.width = Math.round(viewport.width * ratio)
      surface.height = Math.round(viewport.height * ratio)
    }
    const paper = backdrop.getContext('2d')
    if (paper === null) return
    paper.fillStyle = palette.ground
    paper.fillRect(0, 0, backdrop.width, backdrop.height)
    paper.scale(ratio, ratio)
    paper.transform(...viewport.matrix)
    paintTrack(paper, palette)
    for (const { trail } of shown.values()) trail.length = 0
  }

  function show(racer: Racer): Shown {
    const motion = createMotion(racer === self ? ownDelayMs : othersDelayMs)
    let body: Body | null = null
    let stopBody = () => {}
    const push = () => {
      const pose = body?.record?.properties
      if (pose !== undefined) motion.push(sampleTime(), { x: pose.x, y: pose.y, heading: pose.heading })
    }
    // A body goes when its driver hides, and another one comes back.
    const follow = () => {
      const found = racer.findFirstChild('Body', Body)
      if (found === body) return
      stopBody()
      body = found
      stopBody = found?.observe(push) ?? (() => {})
      push()
    }
    follow()
    const stopRacer = racer.observe(follow)
    const stop = () => {
      stopRacer()
      stopBody()
    }
    return { motion, trail: [], stop }
  }

  function pictureOf(racer: Racer, { motion, trail }: Shown, serverTimeMs: number): CarPicture | null {
    const pose = motion.at(serverTimeMs)
    const record = racer.record
    if (pose === null || record === null) return null
    const { visible, isAway, color } = record.properties
    const isSelf = racer === self
    if (!visible && !isSelf) {
      trail.length = 0
      return null
    }
    const at = toScreen(viewport, pose)
    extendTrail(trail, { ...at, timeMs: serverTimeMs })
    return {
      ...at,
      heading: pose.heading + viewport.turn,
      color: carColor(color),
      label: isSelf ? 'You' : isAway ? `${record.name} (away)` : record.name,
      isSelf,
      opacity: visible && !isAway ? 1 : 0.4,
      trail: still.matches || isAway ? [] : trail,
    }
  }

  const sizes = new ResizeObserver(layOut)
  sizes.observe(canvas)
  dark.addEventListener('change', layOut)

  return {
    setRacers(racers, nextSelf) {
      self = nextSelf
      for (const [racer, { stop }] of shown) {
        if (racers.includes(racer)) continue
        stop()
        shown.delete(racer)
      }
      for (const racer of racers) if (!shown.has(racer)) shown.set(racer, show(racer))
    },
    paint(serverTimeMs) {
      if (context === null) return
      const ratio = window.devicePixelRatio
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.drawImage(backdrop, 0, 0)
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      const look = { length: carLengthOf(viewport), palette }
      const cars = [...shown].flatMap(([racer, each]) => pictureOf(racer, each, serverTimeMs) ?? [])
      cars.sort((a, b) => Number(a.isSelf) - Number(b.isSelf))
      for (const car of cars) paintCar(context, car, look)
      paintLabels(context, cars.toReversed(), look)
    },
    close() {
      sizes.disconnect()
      dark.removeEventListener('change', layOut)
      for (const { stop } of shown.values()) stop()
      shown.clear()
    },
  }
}

/** Adds where the car is now and drops what is older than a trail is long, so that a slow screen draws the same one. */
function extendTrail(trail: TrailPoint[], at: TrailPoint): void {
  trail.push(at)
  while ((trail[0]?.timeMs ?? at.timeMs) < at.timeMs - trailMs) trail.shift()
}
