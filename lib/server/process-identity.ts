/**
 * Is the process with this number still the one that we started? Numbers are used again, so a process is known by
 * its number and when it started. Nothing is ever ended on its number alone.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

export const processIdentity = z.object({ pid: z.int().positive(), started: z.string() })
export type ProcessIdentity = z.infer<typeof processIdentity>

/** When the process started, as this machine tells it; undefined where there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
      )
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): the name in parentheses may hold anything; start time is field 22, the 20th after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A process that has ended but was not waited for is not running.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    // Ticks count from boot, so the boot belongs to them.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  } catch {
    return undefined
  }
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = startOf(pid)
  return started === undefined ? undefined : { pid, started }
}

/** True while that very process runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return startOf(identity.pid) === identity.started
}

/** The command line of a process, '' where there is none. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** Asks that very process to end, insists after `patience` milliseconds, and returns when it is gone. */
export async function endProcess(identity: ProcessIdentity, patience: number): Promise<void> {
  for (let waited = 0; isRunning(identity); waited += 50) {
    if (waited === 0) signal(identity.pid, 'SIGTERM')
    if (waited >= patience) signal(identity.pid, 'SIGKILL')
    await sleep(50)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile, which is what was wanted.
  }
}
