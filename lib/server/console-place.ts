/**
 * The console's build, where the console may read it. As root it is copied out of the checkout, with the Node that
 * runs it, because a user of its own cannot enter there; as an ordinary user it runs where it was built.
 */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { type OperatingUser, reachableByAnyone } from './operating-user.ts'
import { copyReadable } from './readable-copy.ts'

export type ConsolePlace = { readonly folder: string; readonly node: string }

/** Where the console runs from. Throws where it was never built. */
export function openConsole(
  checkout: string,
  options: { readonly state: string; readonly user: OperatingUser | undefined },
): ConsolePlace {
  const built = join(checkout, '.next', 'standalone')
  if (!existsSync(join(built, 'server.js'))) {
    throw new Error('The console is not built. Start Keyhouse with npm start, which builds it.')
  }
  if (!options.user) return { folder: built, node: process.execPath }
  const build = readFileSync(join(checkout, '.next', 'BUILD_ID'), 'utf8').trim()
  const folder = join(options.state, `console-${build.replace(/[^\w-]/g, '')}`)
  if (!existsSync(folder)) copyReadable(built, folder)
  removeOthers(options.state, folder)
  return { folder, node: nodeFor(options.state) }
}

// No other console of this installation runs now: who starts it comes here first.
function removeOthers(state: string, kept: string): void {
  for (const name of readdirSync(state)) {
    const path = join(state, name)
    if (name.startsWith('console-') && path !== kept) rmSync(path, { recursive: true, force: true })
  }
}

function nodeFor(state: string): string {
  if (reachableByAnyone(process.execPath)) return process.execPath
  const copy = join(state, `node-${process.version}`)
  if (existsSync(copy)) return copy
  copyFileSync(process.execPath, `${copy}.unfinished`, constants.COPYFILE_FICLONE)
  chmodSync(`${copy}.unfinished`, 0o755)
  renameSync(`${copy}.unfinished`, copy)
  return copy
}
