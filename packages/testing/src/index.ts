export { TestingError, type TestingErrorCode } from './testing-error.ts'
