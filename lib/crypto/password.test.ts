import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

const PASSWORD = 'correct horse — Größe'
/** Made by another implementation of Argon2id. */
const FROZEN =
  '$argon2id$v=19$m=65536,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$59PszoN4XEyvo59NjnEq56d0+pgSbhX8xIf6goMIsy0'
const CHEAPER =
  '$argon2id$v=19$m=19456,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$c1GFK51Qo1yMpzm9baYnAJUxkbjmQCf8yZA9lM+h3uk'

it('knows the password of a new hash, and no other', async () => {
  const phc = await hashPassword(PASSWORD)
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await verifyPassword(PASSWORD, phc)).toBe(true)
  expect(await verifyPassword(`${PASSWORD} `, phc)).toBe(false)
})

it('salts every hash anew', async () => {
  const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  expect(one).not.toBe(other)
})

it.each([
  ['the right password', PASSWORD, FROZEN, true],
  ['the right password of a cheaper hash', 'old but fine', CHEAPER, true],
  ['another password', 'old but fine', FROZEN, false],
  ['another case', PASSWORD.toUpperCase(), FROZEN, false],
  ['no password', '', FROZEN, false],
  ['the same letters, decomposed', PASSWORD.normalize('NFD'), FROZEN, false],
  ['nobody by that name', PASSWORD, undefined, false],
] as const)('%s', async (_, password, phc, verdict) => {
  expect(await verifyPassword(password, phc)).toBe(verdict)
})

it.each([
  ['more memory than the machine may give', FROZEN.replace('m=65536', 'm=4194304')],
  ['hardly any memory', FROZEN.replace('m=65536', 'm=8')],
  ['a thousand passes', FROZEN.replace('t=3', 't=1000')],
  ['no pass', FROZEN.replace('t=3', 't=0')],
  ['a hundred lanes', FROZEN.replace('p=1', 'p=100')],
  ['digits that do not end', FROZEN.replace('m=65536', `m=${'9'.repeat(400)}`)],
  ['another variant', FROZEN.replace('argon2id', 'argon2i')],
  ['another version', FROZEN.replace('v=19', 'v=16')],
  ['a short hash', FROZEN.slice(0, -2)],
  ['something behind it', `${FROZEN}\n`],
  ['nothing', ''],
  ['the password itself', PASSWORD],
])('does not believe a stored hash with %s, and works no longer for it', async (_, phc) => {
  const start = performance.now()
  expect(await verifyPassword(PASSWORD, phc)).toBe(false)
  // One hash takes a tenth of a second; a thousand passes or four gibibytes would take minutes.
  expect(performance.now() - start).toBeLessThan(10_000)
})

it('works as long for nobody as for somebody', async () => {
  const took = async (phc: string | undefined) => {
    const start = performance.now()
    await verifyPassword(PASSWORD, phc)
    return performance.now() - start
  }
  const pairs: number[][] = []
  for (let i = 0; i < 5; i++) pairs.push([await took(FROZEN), await took(undefined)])
  const fastest = (side: number) => Math.min(...pairs.map((pair) => pair[side] ?? 0))
  expect(fastest(1)).toBeGreaterThan(fastest(0) / 2)
})
