import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { uninstall } from './uninstall.ts'

let parent = ''
let home = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keyhouse-uninstall-'))
  home = join(parent, 'home')
  mkdirSync(join(home, 'postgres'), { recursive: true })
})
afterEach(() => rmSync(parent, { recursive: true }))

it.each([
  ['deletes when the path is typed', { typed: 'home' }, 0, false],
  ['deletes without a question when told so', { yes: true }, 0, false],
  ['deletes nothing on a yes that is not the path', { typed: 'yes' }, 1, true],
  ['deletes nothing on silence', { typed: '' }, 1, true],
  ['deletes nothing of an installation that runs', { yes: true, running: true }, 1, true],
])('uninstalling %s', async (_, how: { typed?: string; yes?: boolean; running?: boolean }, status, there) => {
  const io = {
    out: () => {},
    err: () => {},
    ask: async () => (how.typed === 'home' ? home : (how.typed ?? '')),
  }
  const folders = [join(parent, 'never was'), home, home]
  const what = { home, folders, running: how.running ?? false, yes: how.yes ?? false }
  expect(await uninstall(what, io)).toBe(status)
  expect(existsSync(home)).toBe(there)
})
