/** An export in memory: for archives before they are sealed, and for checks that need no disk. */
import { Buffer } from 'node:buffer'
import { memorySource } from './source.ts'
import type { Sink } from './write.ts'

export const memoryFolder = (files: Map<string, Buffer> = new Map()): Sink => ({
  ...memorySource(files),
  write: async (path, bytes) => void files.set(path, Buffer.from(bytes)),
  remove: async (path) => void files.delete(path),
})
