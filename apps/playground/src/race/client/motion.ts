import { createInterpolator } from 'banyan/client'
import { type Point, turnBetween } from '../track/track.ts'

/** A car's place at one moment. */
export interface Pose extends Point {
  readonly heading: number
}

/** Between two poses, turning the short way. */
function lerpPose(from: Pose, to: Pose, fraction: number): Pose {
  return {
    x: from.x + (to.x - from.x) * fraction,
    y: from.y + (to.y - from.y) * fraction,
    heading: from.heading + turnBetween(from.heading, to.heading) * fraction,
  }
}

/** A jump over more meters than any car covers in a tick is a new start, not a motion. */
const jumpMeters = 12

/** Turns the server's 30 poses a second into one for every frame, `delayMs` late. */
export function createMotion(delayMs: number) {
  const poses = createInterpolator<Pose>({ delayMs, lerp: lerpPose })
  let last: Pose | null = null
  return {
    push(serverTimeMs: number, pose: Pose): void {
      if (last !== null && Math.hypot(pose.x - last.x, pose.y - last.y) > jumpMeters) poses.reset()
      last = pose
      poses.push(serverTimeMs, pose)
    },
    at: (serverTimeMs: number): Pose | null => poses.at(serverTimeMs),
  }
}

/** What `createMotion` makes. */
export type Motion = ReturnType<typeof createMotion>
