import { type Point, type Projection, type Track, turnBetween } from './track/track.ts'

/** A car's motion: meters, meters per second, radians. */
export interface Car extends Point {
  readonly heading: number
  readonly velocityX: number
  readonly velocityY: number
}

/** What a driver asks for. `turn` is -1 (left) to 1 (right); a car without a driver coasts. */
export interface Controls {
  readonly turn: number
  readonly pedal: 'throttle' | 'brake' | 'none'
}

export const topSpeed = 58
const vergeSpeed = 30
const turnPerSecond = 2.75
const grip = 7
const railDrag = 1.2
const railEasing = 3.8
const bumperRadius = 3.5
/** How near to the rail a car comes, in meters. */
export const railClearance = 1.6

/** Where a car is and for how long: its track, its place along it, and the length of the step in seconds. */
export interface Stretch {
  readonly track: Track
  readonly projection: Projection
  readonly dt: number
}

/** One step of driving, from the car's place before the step. */
export function stepCar(car: Car, controls: Controls, { track, projection, dt }: Stretch): Car {
  const onRoad = Math.abs(projection.aside) <= track.roadHalfWidth
  const cos = Math.cos(car.heading)
  const sin = Math.sin(car.heading)
  const forward = car.velocityX * cos + car.velocityY * sin
  const sideways = car.velocityY * cos - car.velocityX * sin
  const speed = forward + pull(forward, controls.pedal, onRoad ? topSpeed : vergeSpeed) * dt
  const slip = sideways * Math.exp(-grip * dt)
  // A slow car turns on a smaller circle, a standing one does not turn at all.
  const agility = Math.min(1, Math.max(0, speed) / 14)
  return {
    x: car.x + (speed * cos - slip * sin) * dt,
    y: car.y + (speed * sin + slip * cos) * dt,
    heading: car.heading + clampTurn(controls.turn) * turnPerSecond * agility * dt,
    velocityX: speed * cos - slip * sin,
    velocityY: speed * sin + slip * cos,
  }
}

/** Keeps a car between the rails, from its place after the step: it slides along them, loses speed and is eased into the direction of travel. */
export function alongRails(car: Car, { track, projection, dt }: Stretch): Car {
  const excess = Math.abs(projection.aside) - (track.railHalfWidth - railClearance)
  if (excess <= 0) return car
  const side = Math.sign(projection.aside)
  const cos = Math.cos(projection.heading)
  const sin = Math.sin(projection.heading)
  const outward = side * (car.velocityY * cos - car.velocityX * sin)
  const onward = (car.velocityX * cos + car.velocityY * sin) * Math.exp(-railDrag * dt)
  const bounce = outward > 0 ? -0.25 * outward : outward
  return {
    x: car.x + side * excess * sin,
    y: car.y - side * excess * cos,
    heading: car.heading + turnBetween(car.heading, projection.heading) * (1 - Math.exp(-railEasing * dt)),
    velocityX: onward * cos - side * bounce * sin,
    velocityY: onward * sin + side * bounce * cos,
  }
}

/** Pushes two touching cars apart and lets them exchange their speeds along the line between them. */
export function bump(a: Car, b: Car): readonly [Car, Car] {
  const distance = Math.hypot(b.x - a.x, b.y - a.y)
  if (distance >= 2 * bumperRadius) return [a, b]
  const normalX = distance > 0 ? (b.x - a.x) / distance : 1
  const normalY = distance > 0 ? (b.y - a.y) / distance : 0
  const push = bumperRadius - distance / 2
  const closing =
    Math.max(0, (a.velocityX - b.velocityX) * normalX + (a.velocityY - b.velocityY) * normalY) * 0.9
  return [
    moved(a, normalX, normalY, { push: -push, closing: -closing }),
    moved(b, normalX, normalY, { push, closing }),
  ]
}

function moved(car: Car, normalX: number, normalY: number, by: { push: number; closing: number }): Car {
  return {
    x: car.x + normalX * by.push,
    y: car.y + normalY * by.push,
    heading: car.heading,
    velocityX: car.velocityX + normalX * by.closing,
    velocityY: car.velocityY + normalY * by.closing,
  }
}

/** Meters per second squared along the car. */
function pull(speed: number, pedal: Controls['pedal'], limit: number): number {
  switch (pedal) {
    case 'throttle':
      return (limit - speed) * (speed > limit ? 2.2 : 0.95)
    case 'brake':
      return -speed * 2.4
    case 'none':
      return -speed * 0.7
  }
}

function clampTurn(turn: number): number {
  return Math.max(-1, Math.min(1, turn))
}
