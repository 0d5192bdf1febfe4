import { expect, it } from 'vitest'
import type { FindingKind, LogStateName } from '../../domain/evidence.ts'
import { type Standing, stateOf } from './log-state.ts'

const now = new Date('2026-11-25T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const root = Buffer.alloc(32)

const WELL: Standing = {
  head: { size: 100, root, sequencedAt: ago(1) },
  unsignedSince: null,
  verified: { to: 95, at: ago(2) },
  open: new Set(),
  behind: false,
  now,
}
const open = (...kinds: FindingKind[]) => ({ open: new Set(kinds) })
it.each<[string, Partial<Standing>, LogStateName]>([
  ['all is well', {}, 'verified'],
  [
    'a rollback is worse than everything',
    { ...open('rollback', 'fork', 'mac', 'gap'), behind: true },
    'rollback',
  ],
  ['a fork is a mismatch', open('fork'), 'mismatch'],
  ['a missing event is a mismatch', open('missing'), 'mismatch'],
  ['a foreign row is a mismatch', open('mac', 'gap'), 'mismatch'],
  ['an unreadable row is a mismatch', open('unreadable'), 'mismatch'],
  ['a gap comes before a place that is down', { ...open('gap'), behind: true }, 'gap'],
  ['a place that is down', { behind: true }, 'behind'],
  ['events that nobody signs', { unsignedSince: ago(121) }, 'unsigned'],
  ['events that will be signed in a moment', { unsignedSince: ago(30) }, 'verified'],
  ['nothing was looked at yet', { verified: { to: 0, at: ago(1) } }, 'verifying'],
  ['much is still to be looked at', { head: { size: 30_000, root, sequencedAt: ago(1) } }, 'verifying'],
  ['nobody has looked for long', { verified: { to: 100, at: ago(301) } }, 'verifying'],
  [
    'an empty log',
    {
      head: { size: 0, root, sequencedAt: ago(900) },
      verified: { to: 0, at: ago(900) },
    },
    'verified',
  ],
])('%s', (_, some, state) => expect(stateOf({ ...WELL, ...some })).toBe(state))
