/** Whose a module is, and a name for it that says where to look. */
export interface Origin {
  readonly package: string
  readonly module: string
}

/** Reads the path of a module, as a source map tells it. */
export function originOf(source: string): Origin {
  const path = source.split('node_modules/').at(-1) ?? source
  if (path !== source) {
    const [first = '', second = ''] = path.split('/')
    return { package: first.startsWith('@') ? `${first}/${second}` : first, module: path }
  }
  const own = /([^/.]+)\/src\/.*$/.exec(source)
  if (own !== null) return { package: `@banyan/${own[1]}`, module: own[0] }
  const rest = source.includes('fixtures/') ? 'the program' : 'the bundler'
  return { package: rest, module: rest }
}
