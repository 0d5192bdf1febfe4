/** What keeps a reviewed policy from being saved, and what must be ticked first (console 3.6). Pure. */
import type { Finding } from '#components/policy/findings.ts'
import { count } from '#lib/console/format.ts'

export type Ticks = { readonly recentUse: boolean; readonly separation: boolean }

type Review = {
  readonly findings: readonly Finding[]
  /** Names of those who would lose what they did within a day. */
  readonly losing: readonly string[]
  /** Whether the installation demands separation of duties. */
  readonly separated: boolean
  readonly ticks: Ticks
}

export type SaveRules = {
  /** Why it can’t be saved at all here; undefined when it may be, with or without the bypass. */
  readonly block: string | undefined
  /** LOCK-01: only without the lockout check, which has a form of its own. */
  readonly needsBypass: boolean
  readonly asksRecentUse: boolean
  readonly asksSeparation: boolean
}

const LOCKS = new Set(['LOCK-01', 'LOCK-02'])

export function saveRules({ findings, losing, separated, ticks }: Review): SaveRules {
  const has = (id: string) => findings.some(({ Id }) => Id === id)
  const errors = findings.filter(({ Severity, Id }) => Severity === 'error' && !LOCKS.has(Id)).length
  const asksRecentUse = losing.length > 0
  const asksSeparation = has('SOD-01') && !separated
  const block =
    (errors > 0 ? `Correct ${count(errors, 'error')} first.` : undefined) ??
    (has('LOCK-02')
      ? 'Nobody could change this policy after saving (LOCK-02). The console does not save such a policy.'
      : undefined) ??
    (has('SOD-01') && separated
      ? 'One principal would manage and use the key (SOD-01), and this installation requires separation.'
      : undefined) ??
    (asksRecentUse && !ticks.recentUse ? 'Tick that access which was used today is lost.' : undefined) ??
    (asksSeparation && !ticks.separation ? 'Tick that one principal may manage and use the key.' : undefined)
  return { block, needsBypass: has('LOCK-01') && !has('LOCK-02'), asksRecentUse, asksSeparation }
}
