import { type Node, parseSync } from 'oxc-parser'

/** An import of any kind: static, re-exported, dynamic or type-only. */
export interface Import {
  /** Null for a dynamic import whose target is computed. */
  readonly specifier: string | null
  readonly line: number
}

/** A place where a file reads the platform's time or randomness. */
interface PlatformRead {
  readonly name: string
  readonly line: number
}

/** What the architecture rules read from one file. */
export interface SourceFile {
  readonly imports: readonly Import[]
  readonly platformReads: readonly PlatformRead[]
  /** Module-level bindings that can change: `let`, `var`, and empty collections that wait to be filled. */
  readonly moduleState: readonly PlatformRead[]
}

const timers = new Set(['setTimeout', 'setInterval'])
const members: ReadonlyMap<string, string> = new Map([
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
])
const globals = new Set(['globalThis', 'window', 'self', 'global'])
const namingParents = new Set(['ImportSpecifier', 'TSTypeQuery', 'TSPropertySignature', 'TSMethodSignature'])
const collections = new Set(['Map', 'Set'])

/** Parses TypeScript or JavaScript; throws when the text is not valid. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error !== undefined) throw new Error(`cannot parse "${path}": ${error.message}`)
  const imports: Import[] = []
  const platformReads: PlatformRead[] = []
  const lineOf = (node: { start: number }) => text.slice(0, node.start).split('\n').length
  walk(program, (node, parent) => {
    const specifier = importedSpecifier(node)
    if (specifier !== undefined) imports.push({ specifier, line: lineOf(node) })
    const name = platformRead(node, parent)
    if (name !== null) platformReads.push({ name, line: lineOf(node) })
  })
  const moduleState = program.body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .flatMap((statement) =>
      statement?.type === 'VariableDeclaration' && !statement.declare ? [statement] : [],
    )
    .flatMap((declaration) => {
      const changing = declaration.declarations.filter(
        ({ id, init }) => declaration.kind !== 'const' || (isEmptyCollection(init) && !isReadAs(id)),
      )
      return changing.map((declarator) => ({ name: bindingName(declarator.id), line: lineOf(declarator) }))
    })
  return { imports, platformReads, moduleState }
}

function walk(
  node: Node,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void {
  visit(node, parent)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, node)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** Undefined when the node imports nothing. */
function importedSpecifier(node: Node): string | null | undefined {
  if (node.type === 'ImportExpression') {
    return node.source.type === 'Literal' && typeof node.source.value === 'string' ? node.source.value : null
  }
  const imports =
    node.type === 'ImportDeclaration' ||
    node.type === 'ExportAllDeclaration' ||
    node.type === 'ExportNamedDeclaration' ||
    node.type === 'TSImportType'
  return imports ? node.source?.value : undefined
}

function platformRead(node: Node, parent: Node | null): string | null {
  if (node.type === 'MemberExpression') {
    const property = memberName(node)
    const object = globalName(node.object)
    if (property === null || object === null) return null
    if (members.get(object) === property) return `${object}.${property}`
    return globals.has(object) && timers.has(property) ? property : null
  }
  if (
    node.type === 'VariableDeclarator' &&
    node.id.type === 'ObjectPattern' &&
    node.init?.type === 'Identifier'
  ) {
    const member = members.get(node.init.name)
    const taken = node.id.properties.some(
      (property) =>
        property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === member,
    )
    return taken ? `${node.init.name}.${member}` : null
  }
  if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Date') {
    return node.arguments.length === 0 ? 'new Date()' : null
  }
  if (node.type !== 'Identifier' || !timers.has(node.name)) return null
  return isPlainReference(node, parent) ? node.name : null
}

/** Whether an identifier is read as a value rather than naming a property or a type. */
function isPlainReference(node: Node, parent: Node | null): boolean {
  if (parent === null) return true
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed
  if (
    parent.type === 'Property' ||
    parent.type === 'PropertyDefinition' ||
    parent.type === 'MethodDefinition'
  ) {
    return parent.value === node || parent.computed
  }
  return !namingParents.has(parent.type)
}

/** The `Date` of `Date` as of `globalThis.Date`. */
function globalName(node: Node): string | null {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return null
  return globals.has(node.object.name) ? memberName(node) : null
}

function memberName(node: Extract<Node, { type: 'MemberExpression' }>): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : null
}

function isEmptyCollection(init: Node | null): boolean {
  return (
    init?.type === 'NewExpression' &&
    init.callee.type === 'Identifier' &&
    collections.has(init.callee.name) &&
    init.arguments.length === 0
  )
}

/** Whether a declared type other than the collections themselves, such as ReadonlyMap, keeps a binding from changing. */
function isReadAs(id: Node): boolean {
  const type = id.type === 'Identifier' ? id.typeAnnotation?.typeAnnotation : undefined
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return !collections.has(type.typeName.name)
}

function bindingName(id: Node): string {
  return id.type === 'Identifier' ? id.name : 'a pattern'
}
