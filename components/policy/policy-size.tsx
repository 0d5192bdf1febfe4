import { formatNumber } from '#lib/console/format.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { cn } from '../ui/class-names.ts'

/** What the engine counts: bytes of UTF-8. */
export const sizeOf = (text: string): number => new TextEncoder().encode(text).length

const FULL = 0.8

/** How much of its room a policy takes: brass from 80 %, vermilion beyond the limit. */
export function PolicySize({ bytes, id }: { bytes: number; id?: string }) {
  const part = bytes / MAX_KEY_POLICY_BYTES
  const over = part > 1
  return (
    <span id={id} className={cn(over ? 'text-vermilion' : part >= FULL ? 'text-brass' : 'text-text2')}>
      {formatNumber(bytes)} of {formatNumber(MAX_KEY_POLICY_BYTES)} bytes
      {over && `: ${formatNumber(bytes - MAX_KEY_POLICY_BYTES)} too many`}
    </span>
  )
}
