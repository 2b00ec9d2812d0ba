/** What one receiver has of one sender's datagrams: per remote, the newest wins. */
export interface DatagramOrder {
  /** False for one that is not newer than what was taken of that remote; else it is the newest now. */
  take(remote: object, seq: number): boolean
}

/** For one connection; remotes that come and go leave nothing behind in it. */
export function createDatagramOrder(): DatagramOrder {
  const newest = new WeakMap<object, number>()
  return {
    take(remote, seq) {
      if (seq <= (newest.get(remote) ?? -1)) return false
      newest.set(remote, seq)
      return true
    },
  }
}
