/** The time that this machine counts by itself, whatever its clock is set to: what the clock guard compares with (R71). */
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { Steady } from '#lib/jobs/clock-guard.ts'

/** Linux names each run of the machine; elsewhere nothing that a change of the clock leaves alone does. */
function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

export function openSteadyClock(): () => Steady {
  const boot = bootId()
  // With sleep: a laptop that was closed for a night has not jumped.
  return () => ({ boot, ms: uptime() * 1000 })
}
