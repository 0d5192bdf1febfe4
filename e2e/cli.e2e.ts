/** Programs: what the AWS CLI does where the machine has it, and `./keyhouse call` everywhere. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { aws, awsVersion, keyhouse, type Said } from './command-line.ts'
import { complaints, consoleUrl, endpoint, signIn, state, unique } from './world.ts'

const TEXT = 'order 42'
const folder = () => mkdtempSync(join(process.env.E2E_HOME ?? '', 'cli-'))

/** What a call printed, or a failed test with what the program said. */
function output(said: Said): Record<string, unknown> {
  expect(said.status, said.stderr).toBe(0)
  return said.stdout.trim() === '' ? {} : (JSON.parse(said.stdout) as Record<string, unknown>)
}

const text = (from: Record<string, unknown>, ...path: string[]): string => {
  let value: unknown = from
  for (const step of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  return String(value)
}

const PROGRAMS = [
  ['the AWS CLI', aws, awsVersion() === undefined, []],
  ['./keyhouse call', keyhouse, false, ['@long']],
] as const

for (const [program, call, missing, tag] of PROGRAMS) {
  test(`${program} makes a key, uses it, rotates it, gives it up and takes it back, and reads all that in the log`, {
    tag: [...tag],
  }, async () => {
    test.skip(missing, 'there is no aws on the PATH')
    const cwd = folder()
    const kms = (...words: string[]) => call(['kms', ...words], { cwd })
    const alias = `alias/${unique('cli')}`
    writeFileSync(join(cwd, 'order.txt'), TEXT)
    const bytes = (name: string, from: Record<string, unknown>, member: string) => {
      writeFileSync(join(cwd, name), Buffer.from(text(from, member), 'base64'))
      return `fileb://${name}`
    }
    const opens = (file: string) => {
      const opened = output(kms('decrypt', '--ciphertext-blob', file))
      expect(Buffer.from(text(opened, 'Plaintext'), 'base64').toString()).toBe(TEXT)
      return opened
    }

    expect(text(output(call(['sts', 'get-caller-identity'])), 'Arn')).toBe(
      `arn:aws:iam::${state().account}:user/admin`,
    )
    const made = output(
      kms('create-key', '--description', 'From a program', '--tags', 'TagKey=team,TagValue=shop'),
    )
    const keyId = text(made, 'KeyMetadata', 'KeyId')
    output(kms('create-alias', '--alias-name', alias, '--target-key-id', keyId))
    const again = kms('create-alias', '--alias-name', alias, '--target-key-id', keyId)
    expect(again.status).not.toBe(0)
    expect(again.stderr).toContain('AlreadyExistsException')

    const sealed = bytes(
      'order.sealed',
      output(kms('encrypt', '--key-id', alias, '--plaintext', 'fileb://order.txt')),
      'CiphertextBlob',
    )
    expect(text(opens(sealed), 'KeyId')).toContain(keyId)
    const second = text(output(kms('create-key')), 'KeyMetadata', 'KeyId')
    const resealed = bytes(
      'order.resealed',
      output(kms('re-encrypt', '--ciphertext-blob', sealed, '--destination-key-id', second)),
      'CiphertextBlob',
    )
    expect(text(opens(resealed), 'KeyId')).toContain(second)
    const dataKey = output(kms('generate-data-key', '--key-id', alias, '--key-spec', 'AES_256'))
    expect(Buffer.from(text(dataKey, 'Plaintext'), 'base64')).toHaveLength(32)

    output(kms('enable-key-rotation', '--key-id', keyId))
    expect(output(kms('get-key-rotation-status', '--key-id', keyId)).KeyRotationEnabled).toBe(true)
    output(kms('rotate-key-on-demand', '--key-id', keyId))
    opens(sealed)

    output(kms('schedule-key-deletion', '--key-id', keyId, '--pending-window-in-days', '7'))
    const pending = kms('encrypt', '--key-id', alias, '--plaintext', 'fileb://order.txt')
    expect(pending.status).not.toBe(0)
    expect(pending.stderr).toContain('KMSInvalidStateException')
    output(kms('cancel-key-deletion', '--key-id', keyId))
    const disabled = kms('decrypt', '--ciphertext-blob', sealed)
    expect(disabled.stderr).toContain('DisabledException')
    output(kms('enable-key', '--key-id', keyId))
    opens(sealed)

    const lookup = () => {
      const attribute = `AttributeKey=ResourceName,AttributeValue=${text(made, 'KeyMetadata', 'Arn')}`
      const { Events } = output(call(['cloudtrail', 'lookup-events', '--lookup-attributes', attribute])) as {
        Events: { EventName: string; CloudTrailEvent: string }[]
      }
      return Events.map((event) => {
        const { errorCode } = JSON.parse(event.CloudTrailEvent) as { errorCode?: string }
        return errorCode ? `${event.EventName}: ${errorCode}` : event.EventName
      })
    }
    await expect
      .poll(lookup)
      .toEqual(
        expect.arrayContaining([
          'EnableKey',
          'CancelKeyDeletion',
          'ScheduleKeyDeletion',
          'RotateKeyOnDemand',
          'EnableKeyRotation',
          'CreateKey',
          'CreateAlias',
        ]),
      )
    const events = lookup()
    expect(events.filter((event) => event.startsWith('Decrypt'))).toContain('Decrypt: DisabledException')
    expect(events).toContain('Encrypt: KMSInvalidStateException')
    expect(readFileSync(join(cwd, 'order.sealed'), 'latin1')).not.toContain(TEXT)
  })
}

test('the lines that Connect shows work as they stand, once the access key is filled in', async ({
  page,
}) => {
  test.skip(awsVersion() === undefined, 'there is no aws on the PATH')
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${consoleUrl()}/connect`)
  await page.getByRole('tab', { name: 'AWS CLI' }).click()
  const { accessKey } = state()
  const lines = ((await page.getByRole('region', { name: 'AWS CLI code' }).textContent()) ?? '')
    .replaceAll('<access key ID>', accessKey.id)
    .replaceAll('<secret access key>', accessKey.secret)
  expect(lines).toContain(endpoint())
  const cwd = folder()
  const ran = spawnSync('bash', ['-euc', lines], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd, NODE_ENV: 'production' },
  })
  expect(ran.status, ran.stderr).toBe(0)
  expect(ran.stdout.trimEnd()).toMatch(/hello$/)
  expect(said).toEqual([])
})

test('a wrong secret, an unknown access key and a foreign Region are refused in AWS’s words', async () => {
  const { accessKey } = state()
  const call = awsVersion() === undefined ? keyhouse : aws
  const wrong = call(['kms', 'list-keys'], { accessKey: { id: accessKey.id, secret: 'x'.repeat(40) } })
  expect(wrong.stderr).toContain(
    'The request signature we calculated does not match the signature you provided.',
  )
  const unknown = call(['kms', 'list-keys'], {
    accessKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret: accessKey.secret },
  })
  expect(unknown.stderr).toContain('The security token included in the request is invalid.')
  const far = call(['kms', 'list-keys', '--region', 'ap-south-1'])
  expect(far.status).not.toBe(0)
  const missing = call(['kms', 'describe-key', '--key-id', 'alias/not-there'])
  expect(missing.stderr).toContain('NotFoundException')
})
