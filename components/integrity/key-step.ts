/** Whether the key that signed is the one that this browser knows, as a step of a proof. Pure but for what is kept. */
import { type Kept, seeKey } from './known-keys.ts'
import type { ProofStep } from './proof-check.ts'

const SAID = {
  first: 'This browser sees the key of this log for the first time, and will know it again.',
  same: 'It is the key that this browser knows.',
  changed: 'It is not the key that this browser knows for this log.',
  'new-log':
    'This log has another name than the one that this browser knows. A log is named anew only when a suspected ' +
    'rollback is acknowledged. Compare its key with the one you were given.',
} as const

export function keyStep(kept: Kept, verifierKey: string): ProofStep {
  const seen = seeKey(kept, verifierKey)
  const before = 'before' in seen ? [{ name: 'Known to this browser', value: seen.before }] : []
  return {
    name: 'Key',
    holds: seen.sight === 'changed' ? false : seen.sight === 'new-log' ? 'unknown' : true,
    sentence: SAID[seen.sight],
    values: [...before, { name: 'Of this log', value: verifierKey }],
  }
}
