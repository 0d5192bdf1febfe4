/** Copies of program files for a user who may not enter the checkout. Never for anything secret. */
import { chmodSync, cpSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Copies a folder whole or not at all, and lets everyone read it. A copy that was cut short leaves only a folder
 * that the next one replaces. `finish` may add to the copy before it appears.
 */
export function copyReadable(from: string, to: string, finish: (copy: string) => void = () => {}): void {
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  finish(unfinished)
  letEveryoneRead(unfinished)
  renameSync(unfinished, to)
}

// Whoever built it may have had a umask that shuts everybody else out.
function letEveryoneRead(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const runs = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0
    chmodSync(path, runs ? 0o755 : 0o644)
  }
}
