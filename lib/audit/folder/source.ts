/** Where an export is read from: a folder or memory, by the paths of paths.ts. */
import type { Buffer } from 'node:buffer'

export type Source = {
  /** Undefined when there is no such file. */
  readonly read: (path: string) => Promise<Buffer | undefined>
  /** Every file, with slashes, in any order. */
  readonly paths: () => Promise<readonly string[]>
}

/** Files that an export has besides tiles, entries and events; of an archived day also its signed note and sums. */
export const NAMES = {
  checkpoint: 'checkpoint',
  manifest: 'manifest.json',
  readme: 'README.txt',
  keys: 'log.pub',
  /** There while an export is being written. */
  unfinished: 'unfinished',
  archive: 'archive',
  sums: 'SHA256SUMS',
} as const

/** A source of files that are held. */
export const memorySource = (files: ReadonlyMap<string, Buffer>): Source => ({
  read: async (path) => files.get(path),
  paths: async () => [...files.keys()],
})
