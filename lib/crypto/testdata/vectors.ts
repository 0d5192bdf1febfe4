/**
 * The Wycheproof vectors, where they are at hand: in the folder that KEYHOUSE_VECTORS names, or beside the
 * project. They are not part of it; the known answers of the self-tests and in this folder are.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = process.env.KEYHOUSE_VECTORS ?? join(import.meta.dirname, '../../../../shared/wycheproof')

/** Whether there are any. Says so once per file of tests where there are none. */
export const present = existsSync(join(FOLDER, 'aes_gcm_test.json'))
if (!present) console.warn(`skipped: no Wycheproof vectors in ${FOLDER}`)

export type Verdict = { tcId: number; comment?: string; flags?: string[]; result: 'valid' | 'invalid' | 'acceptable' }

/** The groups of a file, or none where there are no vectors. */
export const groupsOf = <Group extends { tests: Verdict[] }>(name: string): Group[] =>
  present ? JSON.parse(readFileSync(join(FOLDER, name), 'utf8')).testGroups : []

export const hex = (text: string): Buffer => Buffer.from(text, 'hex')

export const titleOf = (test: Verdict): string =>
  `${test.tcId} ${test.result} ${test.comment ?? ''} [${test.flags?.join(', ') ?? ''}]`

/** The titles of the tests that come out otherwise than Wycheproof says; `acceptable` ones as `accepts` says. */
export async function disagreements<Test extends Verdict>(
  tests: readonly Test[],
  holds: (test: Test) => Promise<boolean>,
  accepts: (test: Test) => boolean = () => false,
): Promise<string[]> {
  const found = await Promise.all(
    tests.map(async (test) => {
      const expected = test.result === 'valid' || (test.result === 'acceptable' && accepts(test))
      return (await holds(test)) === expected ? [] : [titleOf(test)]
    }),
  )
  return found.flat()
}
