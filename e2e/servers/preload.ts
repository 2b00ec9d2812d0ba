/** Loaded before an app's own code: a server never outlives its test run. */
process.on('disconnect', () => process.exit())
