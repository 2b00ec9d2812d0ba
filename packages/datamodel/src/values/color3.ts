import { DataModelError } from '../errors.ts'

const hexPattern = /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i

/** A frozen color; its parts go from 0 to 1, and any other number throws 'invalidValue'. */
export class Color3 {
  static readonly black = /* @__PURE__ */ new Color3(0, 0, 0)
  static readonly white = /* @__PURE__ */ new Color3(1, 1, 1)

  readonly r: number
  readonly g: number
  readonly b: number

  constructor(r = 0, g = 0, b = 0) {
    this.r = expectPart(r)
    this.g = expectPart(g)
    this.b = expectPart(b)
    Object.freeze(this)
  }

  /** From parts of 0 to 255. */
  static fromRGB(r: number, g: number, b: number): Color3 {
    return new Color3(r / 255, g / 255, b / 255)
  }

  /** From six or three hexadecimal digits, with or without `#`. */
  static fromHex(hex: string): Color3 {
    if (!hexPattern.test(hex)) {
      throw new DataModelError(
        'invalidValue',
        `cannot read color "${hex}": it is not hexadecimal. Write it like "#ff8800" or "#f80".`,
      )
    }
    const digits = hex.replace('#', '')
    const all = digits.length === 6 ? digits : digits.replace(/./g, '$&$&')
    const number = Number.parseInt(all, 16)
    return Color3.fromRGB(number >> 16, (number >> 8) & 255, number & 255)
  }

  /** Six lower-case digits after `#`, each part rounded to a byte. */
  toHex(): string {
    return `#${hexByte(this.r)}${hexByte(this.g)}${hexByte(this.b)}`
  }

  /** At 0 this, at 1 `other`, part by part in RGB; throws where the result leaves 0 to 1. */
  lerp(other: Color3, alpha: number): Color3 {
    return new Color3(
      this.r + (other.r - this.r) * alpha,
      this.g + (other.g - this.g) * alpha,
      this.b + (other.b - this.b) * alpha,
    )
  }

  equals(other: Color3): boolean {
    return this.r === other.r && this.g === other.g && this.b === other.b
  }

  toString(): string {
    return `${this.r}, ${this.g}, ${this.b}`
  }
}

function hexByte(part: number): string {
  return Math.round(part * 255)
    .toString(16)
    .padStart(2, '0')
}

function expectPart(part: number): number {
  // Written so that NaN fails too.
  if (part >= 0 && part <= 1) return part + 0
  throw new DataModelError(
    'invalidValue',
    `cannot make a part of a Color3 "${String(part)}": it is not between 0 and 1. Use Color3.fromRGB for 0 to 255.`,
  )
}
