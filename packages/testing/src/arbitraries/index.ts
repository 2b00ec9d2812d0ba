export { type ConvergeOptions, converge } from './converge.ts'
export { hostileCall } from './hostile-calls.ts'
export type { JsonSchema } from './json-schema.ts'
export { jsonSchemaValues } from './json-schema-values.ts'
export { regressionReporter } from './regression-reporter.ts'
export {
  type PayloadOptions,
  payload,
  type RemoteCallOptions,
  remoteCall,
} from './remote-calls.ts'
export { type SchemaOptions, schemaValues } from './schema-values.ts'
export type { TreeArbitraryOptions } from './things.ts'
export { tree, treeStep } from './tree-steps.ts'
export { type TrialArbitraryOptions, trials } from './trials.ts'
