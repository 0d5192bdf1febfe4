import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LABELS } from './labels.ts'

const labels: readonly string[] = Object.values(LABELS)
/** Names of what is written for others to read: nothing is derived by them. */
const FORMAT = /^keyhouse(-[a-z-]+|\/events)\/v\d+$/
const LIB = join(import.meta.dirname, '..')

it('gives no label two meanings', () => {
  expect(new Set(labels).size).toBe(labels.length)
})

it.each(labels)('%s is ASCII without the zero byte that ends a label, and has a version', (label) => {
  expect(label).toMatch(/^[a-z/-]+\/v[1-9]\d*$/)
})

it('has every label that the code writes out', () => {
  const files = globSync('**/*.ts', {
    cwd: LIB,
    exclude: ['**/generated/**', '**/*.test.ts', '**/testdata/**'],
  })
  const written = files
    .filter((file) => file !== join('crypto', 'labels.ts'))
    .flatMap((file) =>
      [...readFileSync(join(LIB, file), 'utf8').matchAll(/'([a-z][a-z/-]*\/v\d+)'/g)].map(
        (match) => match[1],
      ),
    )
  expect(files.length).toBeGreaterThan(20)
  const unknown = written.filter(
    (label) => label !== undefined && !FORMAT.test(label) && !labels.includes(label),
  )
  expect(unknown).toEqual([])
})
