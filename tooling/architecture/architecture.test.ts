import { describe, expect, test } from 'vitest'
import { workspaceRoot } from '../workspace.js'
import { arrows, emptyNouns, timeAndChance } from './arrows.ts'
import { findBreaches } from './findings.ts'
import { readWorkspace } from './workspace-package.ts'

const packages = readWorkspace(workspaceRoot)
const breaches = findBreaches(packages, { arrows, timeAndChance, emptyNouns })

describe('the workspace is what the table of arrows says', () => {
  test.each(packages.map(({ folder }) => folder))('%s keeps to its arrows', (folder) => {
    const own = breaches.filter(({ where }) => where === folder || where.startsWith(`${folder}/`))
    expect(own.map(({ rule, where, problem }) => `${rule}: ${where} ${problem}`)).toEqual([])
  })
})
