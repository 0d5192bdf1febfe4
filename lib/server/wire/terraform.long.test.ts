/**
 * Terraform with the AWS provider against a real engine: apply, a plan without a change, destroy. Runs where `terraform`
 * and a local copy of the provider are found, since the provider is not ours to download.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_KEY, type Installation, openInstallation } from '#lib/testing/installation.ts'
import { missingTerraform, openTerraform, type Terraform } from '#lib/testing/terraform.ts'

const skipped = missingTerraform && ` (skipped: ${missingTerraform})`

describe.skipIf(missingTerraform)(`Terraform${skipped}`, () => {
  let installation: Installation
  let terraform: Terraform

  beforeAll(async () => {
    installation = await openInstallation()
    const engine = await installation.startEngine()
    const endpoint = `http://127.0.0.1:${engine.port}`
    const file = join(import.meta.dirname, 'testdata', 'every-kind.tf')
    terraform = await openTerraform({ file, accessKey: ACCESS_KEY, variables: { endpoint } })
  }, 120_000)
  afterAll(async () => {
    await installation?.close()
    terraform?.close()
  })

  it('makes a key of each kind, and all that hangs on them', { timeout: 240_000 }, async () => {
    expect(await terraform.run('apply', '-auto-approve')).toContain('Apply complete!')
    expect(await terraform.output('opened')).toBe('order 42')
  })

  it('finds nothing to change on a second look', { timeout: 240_000 }, async () => {
    // Exit status 2 would say that something differs, and reject.
    expect(await terraform.run('plan', '-detailed-exitcode')).toContain('No changes.')
  })

  it('takes all of it away again', { timeout: 240_000 }, async () => {
    expect(await terraform.run('destroy', '-auto-approve')).toContain('Destroy complete!')
    const rows = await installation.sql(
      `SELECT state, count(*)::int AS n FROM keyhouse.key WHERE manager = 'CUSTOMER' GROUP BY state ORDER BY state`,
    )
    // The primary of the multi-Region key waits for its replica.
    expect(rows.map(({ state }) => state)).toEqual(['PendingDeletion', 'PendingReplicaDeletion'])
  })
})
