import { SourceMap } from 'node:module'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { originOf } from './origin.ts'

/** A part of a bundle; `gzipBytes` is what it would take alone, so that parts add up to more than the whole. */
export interface PartSize {
  readonly name: string
  readonly minifiedBytes: number
  readonly gzipBytes: number
}

/** A bundle, minified, and what it is made of, the largest part first. */
export interface BundleSize {
  readonly whole: PartSize
  /** What the program imports later, which is no part of the whole. */
  readonly later: readonly PartSize[]
  readonly packages: readonly PartSize[]
  readonly modules: readonly PartSize[]
}

/** Builds a program as Vite builds pages for production, with React left out, and writes nothing. */
export async function measureBundle(root: string, entry: string): Promise<BundleSize> {
  const built = await build({
    root: join(root, 'packages', 'banyan'),
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['@banyan/source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      sourcemap: 'hidden',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, entry),
        external: [/^react(-dom)?($|\/)/],
        preserveEntrySignatures: false,
      },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  const chunks = outputs.filter((output) => output.type === 'chunk')
  // What is imported later is loaded when it is needed, if ever.
  const later = chunks.filter(({ isEntry, isDynamicEntry }) => isDynamicEntry && !isEntry)
  const [chunk, ...others] = chunks.filter((one) => !later.includes(one))
  if (chunk === undefined || others.length > 0 || chunk.map === null) {
    throw new Error(
      `cannot measure "${basename(entry)}": it was built to ${chunks.length} chunks. Look at what it imports later.`,
    )
  }
  const { code } = chunk
  const texts = textsBySource(code, chunk.map)
  return {
    whole: sizeOf('all', code),
    later: later.map(({ name, code: text }) => sizeOf(`${name}, loaded when it is needed`, text)),
    packages: sizesBy(texts, (source) => originOf(source).package),
    modules: sizesBy(texts, (source) => originOf(source).module),
  }
}

/** Which characters came from which module, as the source map says; each counts for the mapping before it. */
function textsBySource(
  code: string,
  map: { readonly mappings: string; readonly sources: readonly string[] },
) {
  const payload = { ...map, version: 3, file: '', names: [], sourcesContent: [], sourceRoot: '' }
  const sourceMap = new SourceMap({ ...payload, sources: [...map.sources] })
  const texts = new Map<string, string>()
  for (const [line, text] of code.split('\n').entries()) {
    let from = 0
    let source = ''
    for (let column = 0; column <= text.length; column += 1) {
      const entry = sourceMap.findEntry(line, column)
      const next =
        'originalSource' in entry && typeof entry.originalSource === 'string' ? entry.originalSource : ''
      if (next === source && column < text.length) continue
      texts.set(source, (texts.get(source) ?? '') + text.slice(from, column))
      from = column
      source = next
    }
  }
  return texts
}

function sizesBy(
  texts: ReadonlyMap<string, string>,
  nameOf: (source: string) => string,
): readonly PartSize[] {
  const joined = new Map<string, string>()
  for (const [source, text] of texts) {
    const name = nameOf(source)
    joined.set(name, (joined.get(name) ?? '') + text)
  }
  const sizes = [...joined].filter(([, text]) => text !== '').map(([name, text]) => sizeOf(name, text))
  return sizes.sort((one, other) => other.minifiedBytes - one.minifiedBytes)
}

function sizeOf(name: string, text: string): PartSize {
  const gzipBytes = gzipSync(text, { level: 9 }).length
  return { name, minifiedBytes: Buffer.byteLength(text), gzipBytes }
}
