/**
 * where.json: what runs of this installation and where it is, for the command line and for the next start after
 * everything was killed. It holds no secret.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { type ProcessIdentity, processIdentity } from './process-identity.ts'

const schema = z.object({
  version: z.literal(1),
  installation: z.string(),
  state: z.string(),
  runtime: z.string().optional(),
  desk: z.union([z.object({ path: z.string() }), z.object({ port: z.int() })]).optional(),
  endpoint: z.string().optional(),
  consoleUrl: z.string().optional(),
  supervisor: processIdentity.optional(),
  engine: processIdentity.optional(),
  console: processIdentity.optional(),
})

export type Where = z.infer<typeof schema>

/** What the file says; undefined where there is none, or none that we understand. */
export function readWhere(path: string): Where | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Writes it whole: who reads it meanwhile sees the old or the new. */
export function writeWhere(path: string, where: Where): void {
  const unfinished = `${path}.unfinished`
  writeFileSync(unfinished, `${JSON.stringify(where, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, path)
}

/** Keeps where things lie and forgets what ran. */
export function forgetProcesses(path: string): void {
  const where = readWhere(path)
  if (where) writeWhere(path, { version: 1, installation: where.installation, state: where.state })
  else rmSync(path, { force: true })
}

/** Processes that an earlier supervisor left behind, those that people speak to first. */
export function leftovers(where: Where): ProcessIdentity[] {
  return [where.console, where.engine].filter((identity) => identity !== undefined)
}
