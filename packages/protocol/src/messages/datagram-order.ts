/** What one receiver has of one sender's datagrams, for one connection: per remote, the newest wins. */
export class DatagramOrder {
  /** Weak, so that remotes that come and go leave nothing behind; null until the first datagram. */
  #newest: WeakMap<object, number> | null = null

  /** False for one that is not newer than what was taken of that remote; else it is the newest now. */
  take(remote: object, seq: number): boolean {
    this.#newest ??= new WeakMap()
    if (seq <= (this.#newest.get(remote) ?? -1)) return false
    this.#newest.set(remote, seq)
    return true
  }
}
