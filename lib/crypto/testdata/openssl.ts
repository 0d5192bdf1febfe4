/** The `openssl` program as a second implementation, where there is one. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function version(): string {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

/** Whether the program is here and new enough to know SM2 and prehashed PSS. */
export const present = /^OpenSSL ([3-9]|\d\d)\./.test(version())
if (!present) console.warn('skipped: no openssl program of version 3 or later')

/**
 * Runs `openssl` with files of these names in an empty folder, and gives the file named `out`, or what it says.
 * Throws Error when the program fails.
 */
export function openssl(command: string, files: Readonly<Record<string, Uint8Array>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'keyhouse-openssl-'))
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const said = execFileSync('openssl', command.split(' '), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    return / -out out\b/.test(command) ? readFileSync(join(folder, 'out')) : said
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Whether a command of `openssl` succeeds. */
export function opensslAccepts(command: string, files: Readonly<Record<string, Uint8Array>>): boolean {
  try {
    openssl(command, files)
    return true
  } catch {
    return false
  }
}
