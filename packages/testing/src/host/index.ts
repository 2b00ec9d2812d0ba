export { createTestHost } from './create-test-host.ts'
export type { OpenLine } from './line-watch.ts'
export type { TestHost } from './test-host.ts'
export type { PlaceSurroundings, TestHostOptions, TestPlaces } from './test-host-options.ts'
