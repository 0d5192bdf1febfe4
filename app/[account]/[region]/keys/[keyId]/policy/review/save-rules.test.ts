import { describe, expect, it } from 'vitest'
import type { Finding } from '#components/policy/findings.ts'
import { saveRules } from './save-rules.ts'

const found = (Id: string, Severity: Finding['Severity']): Finding => ({
  ...{ Id, Severity, Message: '', Statement: null, From: 0, To: 0, Fix: null },
})
const ERROR = found('ACT-01', 'error')
const LOCK_1 = found('LOCK-01', 'error')
const LOCK_2 = found('LOCK-02', 'error')
const SOD = found('SOD-01', 'security-warning')
const WARNING = found('EXT-01', 'security-warning')
const NO = { recentUse: false, separation: false }
const ALL = { recentUse: true, separation: true }

type Case = {
  findings?: Finding[]
  losing?: string[]
  separated?: boolean
  ticks?: typeof NO
  says: RegExp | undefined
  bypass?: boolean
}

const CASES: [sentence: string, given: Case][] = [
  ['nothing wrong may be saved', { says: undefined }],
  ['a warning may be saved', { findings: [WARNING], says: undefined }],
  ['an error blocks', { findings: [ERROR, WARNING], ticks: ALL, says: /^Correct 1 error/ }],
  [
    'who would lock themselves out needs the bypass, and is not blocked otherwise',
    { findings: [LOCK_1], says: undefined, bypass: true },
  ],
  [
    'the bypass does not lift another error',
    { findings: [LOCK_1, ERROR], says: /^Correct 1 error/, bypass: true },
  ],
  [
    'a policy that nobody could change is never saved, with no bypass',
    { findings: [LOCK_1, LOCK_2], ticks: ALL, says: /LOCK-02/ },
  ],
  ['losing what was used today needs its tick', { losing: ['user/bob'], says: /used today/ }],
  [
    'losing what was used today may be saved with its tick',
    { losing: ['user/bob'], ticks: ALL, says: undefined },
  ],
  ['one principal in both roles needs a tick', { findings: [SOD], says: /manage and use/ }],
  [
    'one principal in both roles may be saved with the tick',
    { findings: [SOD], ticks: ALL, says: undefined },
  ],
  [
    'one principal in both roles is blocked where separation is required, tick or not',
    { findings: [SOD], separated: true, ticks: ALL, says: /requires separation/ },
  ],
]

describe('saving a reviewed policy', () => {
  it.each(CASES)(
    '%s',
    (_, { findings = [], losing = [], separated = false, ticks = NO, says, bypass = false }) => {
      const rules = saveRules({ findings, losing, separated, ticks })
      if (says) expect(rules.block).toMatch(says)
      else expect(rules.block).toBeUndefined()
      expect(rules.needsBypass).toBe(bypass)
    },
  )
})
