export { bendFrame, spliceFrames } from './bending.ts'
export { malformedDownFrames, malformedNewsFrames, malformedSegments } from './down-frames.ts'
export { type HeldTree, misfits } from './misfits.ts'
export { invalidArguments, malformedArguments, malformedUpFrames, oddArguments } from './up-frames.ts'
