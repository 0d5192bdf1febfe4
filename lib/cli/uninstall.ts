/**
 * `./keyhouse uninstall`: deletes an installation: root key, database, log, everything. It knows folders and asks; it
 * touches no database that DATABASE_URL names.
 */
import { existsSync, rmSync } from 'node:fs'

export type Uninstallation = {
  /** KEYHOUSE_HOME: what the person must type. */
  readonly home: string
  /** Every folder to delete; those that are not there are passed over. */
  readonly folders: readonly string[]
  readonly running: boolean
  readonly yes: boolean
}

type Io = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly ask: (question: string) => Promise<string>
}

/** Asks unless told not to; gives the exit status. */
export async function uninstall(what: Uninstallation, io: Io): Promise<number> {
  if (what.running) {
    io.err('Keyhouse is running here. Stop it first.\n')
    return 1
  }
  const folders = [...new Set(what.folders)].filter((folder) => existsSync(folder))
  io.err(`This deletes for good:\n${folders.map((folder) => `  ${folder}\n`).join('')}`)
  io.err('Without root.key nothing that was encrypted here can ever be decrypted.\n')
  if (!what.yes && (await io.ask(`Type ${what.home} to go on: `)) !== what.home) {
    io.err('Nothing was deleted.\n')
    return 1
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  io.out('Deleted. The clone itself and any database that DATABASE_URL named are as they were.\n')
  return 0
}
