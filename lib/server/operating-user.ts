/**
 * Who a child process runs as. Postgres refuses to run as root, and the console must not be able to read
 * what Postgres or the engine own. As an ordinary user everything runs as that user.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A numeric user and group. */
export type OperatingUser = { readonly uid: number; readonly gid: number }

/** True where this process may become somebody else. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

type PasswdLine = OperatingUser & { readonly name: string }

function passwd(): PasswdLine[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n').flatMap(readPasswdLine)
  } catch {
    return []
  }
}

function readPasswdLine(line: string): PasswdLine[] {
  const [name, , uid, gid] = line.split(':')
  return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
}

/** Whom Postgres runs as: undefined means as we are. Throws where root finds neither `postgres` nor `nobody`. */
export function postgresUser(): OperatingUser | undefined {
  if (!isRoot()) return undefined
  const users = passwd()
  const found = users.find((user) => user.name === 'postgres') ?? users.find((user) => user.name === 'nobody')
  if (!found || found.uid === 0) {
    throw new Error(
      'Postgres refuses to run as root, and /etc/passwd names neither "postgres" nor "nobody". Add one of them, or start Keyhouse as an ordinary user.',
    )
  }
  return { uid: found.uid, gid: found.gid }
}

// Below Debian's and systemd's dynamic ranges (60000 and 61184 up), above what useradd gives people.
const FIRST_CONSOLE_UID = 59000

/** Whom the console runs as: a number of its own that no account on this machine has. Undefined means as we are. */
export function consoleUser(installation: string): OperatingUser | undefined {
  if (!isRoot()) return undefined
  const taken = new Set(passwd().flatMap((user) => [user.uid, user.gid]))
  let uid = FIRST_CONSOLE_UID + (Number.parseInt(installation.slice(0, 6), 16) % 900)
  while (taken.has(uid)) uid += 1
  return { uid, gid: uid }
}

/** True where any user may read (or, for a folder, enter) the path and pass every folder above it. */
export function reachableByAnyone(path: string): boolean {
  const mode = statSync(path).mode
  if ((mode & 0o005) !== 0o005) return false
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
