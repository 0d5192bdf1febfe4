/**
 * Where everything of one installation lies. Each KEYHOUSE_HOME is an installation of its own: two clones on one
 * machine share no folder, no socket and no port of Postgres.
 *
 *   KEYHOUSE_HOME/            0700  root.key  where.json  postgres.password  channel.secret  checkpoints/
 *                                   as a user: postgres/
 *   /var/lib/keyhouse/<id>/   0711  as root: postgres/  postgres-<version>/  console-<build>/
 *   /run/keyhouse-<id>/       0710  desk.sock; as a user under $XDG_RUNTIME_DIR or in a temporary folder
 */
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '#lib/crypto/digest.ts'
import { isRoot, type OperatingUser } from './operating-user.ts'

export type Places = {
  readonly home: string
  readonly rootKey: string
  readonly where: string
  /** A folder: every checkpoint of the log, outside the database (R63, R65). */
  readonly checkpoints: string
  readonly postgresPassword: string
  /** Lets `./keyhouse setup-link` speak to the desk while Keyhouse runs. */
  readonly channelSecret: string
  /** 12 hex digits that tell this installation from others of the machine. */
  readonly installation: string
  readonly state: string
}

const STATE_OF_ROOT = '/var/lib/keyhouse'

/** Makes the home if it is missing and says where everything else is. */
export function openPlaces(home: string): Places {
  makeFolder(home, 0o700)
  const installation = sha256Hex(realpathSync(home)).slice(0, 12)
  const state = isRoot() ? join(STATE_OF_ROOT, installation) : home
  // Postgres and the console pass through on the way to what is theirs; neither may list it.
  if (isRoot()) makeFolder(state, 0o711)
  return {
    home,
    rootKey: join(home, 'root.key'),
    where: join(home, 'where.json'),
    checkpoints: join(home, 'checkpoints'),
    postgresPassword: join(home, 'postgres.password'),
    channelSecret: join(home, 'channel.secret'),
    installation,
    state,
  }
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode })
  } catch (cause) {
    throw new Error(
      `The folder ${path} cannot be made. Start Keyhouse where it may write, or point KEYHOUSE_HOME to such a folder.`,
      { cause },
    )
  }
}

// A Unix socket's path has 108 bytes in the kernel; a longer one is EINVAL.
const LONGEST_SOCKET_PATH = 99

/** The folder of the desk's socket; only we and the console's group may enter it. `earlier` is used again if it is there. */
export function openRuntimeFolder(
  places: Places,
  options: {
    readonly xdg: string | undefined
    readonly earlier: string | undefined
    readonly console: OperatingUser | undefined
  },
): string {
  const folder = firstUsable(candidates(places, options)) ?? mkdtempSync('/tmp/keyhouse-')
  if (options.console) {
    chownSync(folder, 0, options.console.gid)
    // Set-group-id: the socket made here belongs to the console's group.
    chmodSync(folder, 0o2710)
  }
  return folder
}

function* candidates(
  places: Places,
  options: { readonly xdg: string | undefined; readonly earlier: string | undefined },
): Generator<string> {
  const name = `keyhouse-${places.installation}`
  if (isRoot()) yield join('/run', name)
  else if (options.xdg) yield join(options.xdg, name)
  if (options.earlier && existsSync(options.earlier)) yield options.earlier
  yield mkdtempSync(join(tmpdir(), 'keyhouse-'))
}

// One candidate at a time: the last of them makes a folder by being asked for.
function firstUsable(folders: Iterable<string>): string | undefined {
  for (const folder of folders) if (usable(folder)) return folder
  return undefined
}

function usable(folder: string): boolean {
  if (Buffer.byteLength(join(folder, 'desk.sock')) > LONGEST_SOCKET_PATH) return false
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid } = statSync(folder)
    // Somebody else's folder could hand the console somebody else's socket.
    return uid === (process.getuid?.() ?? uid)
  } catch {
    return false
  }
}
