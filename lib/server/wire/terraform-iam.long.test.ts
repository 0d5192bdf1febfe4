/**
 * Terraform with the AWS provider makes who may use a key and the key that names them in one apply, changes them, and
 * takes them away; and makes a key in a session of a role that it assumes.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsWith } from '#lib/testing/iam.ts'
import { allowing, document, giveRole, trusting } from '#lib/testing/sessions.ts'
import { missingTerraform, openTerraform, type Terraform } from '#lib/testing/terraform.ts'
import { ACCOUNT } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

const skipped = missingTerraform && ` (skipped: ${missingTerraform})`
const ADMIN = `arn:aws:iam::${ACCOUNT}:user/admin`

let served: ServedWorld
beforeAll(async () => {
  if (!missingTerraform) served = await serveWorld()
})
afterAll(() => served?.close())

const open = (file: string, variables: Record<string, string> = {}) =>
  openTerraform({
    file: join(import.meta.dirname, 'testdata', file),
    accessKey: served.world.as('admin').accessKey,
    variables: { endpoint: served.url, ...variables },
  })

describe.skipIf(missingTerraform)(`Terraform and identities${skipped}`, { timeout: 240_000 }, () => {
  let terraform: Terraform
  beforeAll(async () => {
    terraform = await open('identities.tf')
  }, 120_000)
  afterAll(() => terraform?.close())

  const lea = async () => callsWith(served.world.engine, await terraform.output('lea_id'))
  const assumed = async () => {
    const names = { RoleArn: await terraform.output('role'), RoleSessionName: 'work' }
    const { Credentials } = await (await lea())('AssumeRole', { ...names, DurationSeconds: 3600 })
    return callsWith(served.world.engine, Credentials.AccessKeyId)
  }
  const encrypt = async (call: ReturnType<typeof callsWith>) =>
    call('Encrypt', { KeyId: await terraform.output('key'), Plaintext: 'AAAA' })

  it('makes a user, a group, roles, policies and the key that names them, in one apply', async () => {
    expect(await terraform.run('apply', '-auto-approve')).toContain('Apply complete!')
    expect(await terraform.output('me')).toBe(ADMIN)
    expect(await encrypt(await lea())).toHaveProperty('CiphertextBlob')
    expect(await encrypt(await assumed())).toHaveProperty('CiphertextBlob')
  })

  it('finds nothing to change on a second look', async () => {
    // Exit status 2 would say that something differs, and reject.
    expect(await terraform.run('plan', '-detailed-exitcode')).toContain('No changes.')
  })

  it('takes from them what the configuration no longer gives', async () => {
    const narrow = ['-var', 'narrow=true']
    expect(await terraform.run('apply', '-auto-approve', ...narrow)).toContain(
      ' 0 added, 8 changed, 0 destroyed',
    )
    await expect(encrypt(await lea())).rejects.toMatchObject({ code: 'AccessDeniedException' })
    await expect(encrypt(await assumed())).resolves.toHaveProperty('CiphertextBlob')
    const { Versions } = await served.world.as('admin').call('IAM.ListPolicyVersions', {
      PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/payments/use-orders`,
    })
    expect(Versions).toMatchObject([{ VersionId: 'v2', IsDefaultVersion: true }, { VersionId: 'v1' }])
    expect(await terraform.run('plan', '-detailed-exitcode', ...narrow)).toContain('No changes.')
  })

  it('takes all of it away again', async () => {
    expect(await terraform.run('destroy', '-auto-approve')).toContain('Destroy complete!')
    const { SummaryMap } = await served.world.as('admin').call('GetAccountSummary')
    expect(Object.fromEntries(SummaryMap)).toMatchObject({ Groups: 0, Roles: 0, Policies: 0, Providers: 0 })
    const { Users } = await served.world.as('admin').call('ListUsers', { PathPrefix: '/people/' })
    expect(Users).toEqual([])
  })
})

describe.skipIf(missingTerraform)(`Terraform in a role${skipped}`, { timeout: 240_000 }, () => {
  it('assumes it for every call, and makes a key that is the role’s', async () => {
    const trust = document(trusting(ADMIN))
    const role = await giveRole(served.world, { name: 'maker', trust, policies: [allowing('kms:*')] })
    const terraform = await open('as-a-role.tf', { role })
    expect(await terraform.run('apply', '-auto-approve')).toContain('Apply complete!')
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/maker/terraform`
    expect(await terraform.output('me')).toBe(session)
    const made = (await served.world.events('CreateKey')).at(-1)
    expect(made?.userIdentity).toMatchObject({ type: 'AssumedRole', arn: session })
    expect(await terraform.run('destroy', '-auto-approve')).toContain('Destroy complete!')
    terraform.close()
  })
})
