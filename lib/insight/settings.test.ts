import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SETTING_NAMES, SETTINGS, settingFault } from '#lib/domain/settings.ts'
import { readSettings } from '#lib/store/settings.ts'
import { ACCOUNT, type Answer, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  // The account that the installation began with is the oldest.
  await world.sql(`UPDATE keyhouse.account SET created_at = '2020-01-01' WHERE id = $1`, [ACCOUNT])
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const put = (Name: string, value: unknown) =>
  admin().call('PutSetting', { Name, Value: JSON.stringify(value) })
const shown = async (): Promise<Map<string, Answer>> =>
  new Map((await admin().call('GetSettings')).Settings.map((row: Answer) => [row.Name, row]))
const now = () => readSettings(world.engine.services.database.sql)

describe('settings', () => {
  it('begin with their presets', async () => {
    const found = await shown()
    expect([...found.keys()]).toEqual(SETTING_NAMES)
    for (const [name, row] of found) {
      expect(row).toEqual({ Name: name, Value: row.Preset, Preset: row.Preset, Says: row.Says })
      expect(settingFault(row.Name, JSON.parse(row.Preset))).toBeNull()
    }
  })

  it.each([
    ['requireMfa', true],
    ['requireSeparation', true],
    ['knownAccounts', ['444455556666']],
    ['sessionHours', 4],
    ['idleMinutes', 15],
  ])('%s is chosen, recorded, and taken back', async (Name, value) => {
    await put(Name, value)
    expect((await now())[Name as keyof typeof SETTINGS]).toEqual(value)
    const row = (await shown()).get(Name)
    expect(row).toMatchObject({ Value: JSON.stringify(value), ChangedBy: admin().principal.arn })
    const [event] = (await world.events('PutSetting')).slice(-1)
    expect(event?.requestParameters).toEqual({ name: Name, value: JSON.stringify(value) })
    await admin().call('PutSetting', { Name })
    expect((await now())[Name as keyof typeof SETTINGS]).toEqual(
      SETTINGS[Name as keyof typeof SETTINGS].preset,
    )
  })

  it.each([
    ['a name that is none', { Name: 'colour', Value: '1' }, 'enum value set'],
    ['a text that is no JSON', { Name: 'requireMfa', Value: 'yes' }, 'requireMfa: The value is not JSON.'],
    [
      'a value of another type',
      { Name: 'requireMfa', Value: '"yes"' },
      'requireMfa: It must be true or false.',
    ],
    ['a number out of range', { Name: 'sessionHours', Value: '13' }, 'sessionHours: At most 12 hours.'],
    [
      'half an hour',
      { Name: 'sessionHours', Value: '1.5' },
      'sessionHours: It must be a whole number of hours.',
    ],
    [
      'an account that is none',
      { Name: 'knownAccounts', Value: '["12"]' },
      'knownAccounts: An account has 12 digits.',
    ],
    [
      'an account twice',
      { Name: 'knownAccounts', Value: '["444455556666","444455556666"]' },
      'knownAccounts: An account is named twice.',
    ],
  ])('refuse %s', async (_, input, message) => {
    const refusal = await admin().refusal('PutSetting', input)
    expect(refusal).toMatchObject({ code: 'ValidationException', message: expect.stringContaining(message) })
  })

  it.each(['alice', 'outsider'])('are not for %s', async (name) => {
    for (const [operation, input] of [
      ['GetSettings', {}],
      ['PutSetting', { Name: 'requireMfa', Value: 'true' }],
    ] as const)
      expect((await world.as(name).refusal(operation, input)).code).toBe('AccessDeniedException')
    expect((await now()).requireMfa).toBe(false)
  })

  it('with a stored value that no longer fits have their presets', async () => {
    await world.sql(
      `INSERT INTO keyhouse.setting (name, value, changed_by) VALUES ('sessionHours', '400', 'x')`,
    )
    expect((await now()).sessionHours).toBe(12)
  })
})
