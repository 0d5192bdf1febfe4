/**
 * Terraform with the AWS provider against a real engine: apply, a plan without a change, destroy. Runs where `terraform`
 * and a local copy of the provider are found, since the provider is not ours to download.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_KEY, type Installation, openInstallation } from '#lib/testing/installation.ts'

const run = promisify(execFile)
const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws')

/** Folders where Terraform itself looks for providers: those of its configuration, and the ones it implies. */
function mirrors(): string[] {
  const file = process.env.TF_CLI_CONFIG_FILE ?? join(homedir(), '.terraformrc')
  const configured = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const named = [...configured.matchAll(/(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/g)].map(
    (found) => found[1] ?? '',
  )
  return [...named, join(homedir(), '.terraform.d', 'plugins'), '/usr/local/share/terraform/plugins']
}

const onPath = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'terraform')))
const mirror = mirrors().find((folder) => existsSync(join(folder, PROVIDER)))
const missing = !onPath
  ? 'terraform is not on the PATH'
  : !mirror
    ? 'the AWS provider is not on this machine'
    : ''

describe.skipIf(missing !== '')(`Terraform${missing && ` (skipped: ${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-'))
  let installation: Installation
  let endpoint = ''

  const terraform = async (...words: string[]) => {
    const environment = {
      NODE_ENV: 'test' as const,
      PATH: process.env.PATH ?? '',
      HOME: folder,
      TF_IN_AUTOMATION: 'true',
      CHECKPOINT_DISABLE: 'true',
      TF_VAR_endpoint: endpoint,
      AWS_ACCESS_KEY_ID: ACCESS_KEY.id,
      AWS_SECRET_ACCESS_KEY: ACCESS_KEY.secret,
    }
    return run('terraform', [...words, '-no-color'], { cwd: folder, env: environment, maxBuffer: 1 << 24 })
  }

  beforeAll(async () => {
    installation = await openInstallation()
    const engine = await installation.startEngine()
    endpoint = `http://127.0.0.1:${engine.port}`
    copyFileSync(join(import.meta.dirname, 'testdata', 'every-kind.tf'), join(folder, 'main.tf'))
    await terraform('init', `-plugin-dir=${mirror}`)
  }, 120_000)
  afterAll(async () => {
    await installation?.close()
    rmSync(folder, { recursive: true })
  })

  it('makes a key of each kind, and all that hangs on them', { timeout: 180_000 }, async () => {
    const { stdout } = await terraform('apply', '-auto-approve')
    expect(stdout).toContain('Apply complete!')
    const { stdout: opened } = await run('terraform', ['output', '-raw', 'opened'], { cwd: folder })
    expect(opened).toBe('order 42')
  })

  it('finds nothing to change on a second look', { timeout: 120_000 }, async () => {
    // Exit status 2 would say that something differs, and reject.
    const { stdout } = await terraform('plan', '-detailed-exitcode')
    expect(stdout).toContain('No changes.')
  })

  it('takes all of it away again', { timeout: 120_000 }, async () => {
    expect((await terraform('destroy', '-auto-approve')).stdout).toContain('Destroy complete!')
    const rows = await installation.sql(
      `SELECT state, count(*)::int AS n FROM keyhouse.key WHERE manager = 'CUSTOMER' GROUP BY state ORDER BY state`,
    )
    // The primary of the multi-Region key waits for its replica.
    expect(rows.map(({ state }) => state)).toEqual(['PendingDeletion', 'PendingReplicaDeletion'])
  })
})
