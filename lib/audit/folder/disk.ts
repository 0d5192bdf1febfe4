/**
 * An export as a folder of this machine, which only its owner may read. A file is there whole or not at all: it is
 * written beside, then renamed.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Sink } from './write.ts'

const isMissing = (thrown: unknown) =>
  thrown instanceof Error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(Reflect.get(thrown, 'code')))

/** The folder need not be there yet. Everything else that the file system refuses is thrown. */
export function diskFolder(folder: string): Sink {
  const made = new Set<string>()
  async function read(path: string) {
    try {
      return await readFile(join(folder, path))
    } catch (thrown) {
      if (isMissing(thrown)) return undefined
      throw thrown
    }
  }
  async function paths() {
    try {
      const found = await readdir(folder, { withFileTypes: true, recursive: true })
      return found
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    } catch (thrown) {
      if (isMissing(thrown)) return []
      throw thrown
    }
  }
  return {
    read,
    paths,
    async write(path, bytes) {
      const place = join(folder, path)
      const parent = dirname(place)
      if (!made.has(parent)) await mkdir(parent, { recursive: true, mode: 0o700 })
      made.add(parent)
      await writeFile(`${place}.tmp`, bytes, { mode: 0o600 })
      await rename(`${place}.tmp`, place)
    },
    remove: (path) => rm(join(folder, path), { force: true }),
  }
}
