/** Choices of the installation. Whoever may, in the account that it was set up with, makes them for all accounts. */
import type { z } from 'zod'
import { GetSettingsInput, PutSettingInput } from '#lib/domain/operations/policy-tools.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { SETTING_NAMES, SETTINGS, type SettingName, settingFault } from '#lib/domain/settings.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { operation } from '#lib/engine/operation.ts'
import { putSetting, readSettingRows, settingsOf } from '#lib/store/settings.ts'

type PutInput = z.output<typeof PutSettingInput>

const permitHere = (call: Call) => permitInstallation(call, 'settings belong')

export const GetSettings = operation({
  name: 'GetSettings',
  service: 'Keyhouse',
  action: 'keyhouse:GetSettings',
  class: 'read',
  input: GetSettingsInput,
  logged: { request: () => null },

  async run(call) {
    await permitHere(call)
    const rows = await readSettingRows(call.services.database.sql)
    const chosen = new Map(rows.map((row) => [row.name, row]))
    const values = settingsOf(rows)
    return {
      Settings: SETTING_NAMES.map((name) => {
        const row = chosen.get(name)
        return {
          Name: name,
          Value: JSON.stringify(values[name]),
          Preset: JSON.stringify(SETTINGS[name].preset),
          Says: SETTINGS[name].says,
          ...(row && { ChangedAt: row.changedAt, ChangedBy: row.changedBy }),
        }
      }),
    }
  },
})

const invalid = (name: SettingName, why: string) => new KmsError('ValidationException', `${name}: ${why}`)

/** The value as it is stored; null to take the choice back. @throws ValidationException */
function checked({ Name: name, Value: text }: PutInput): string | null {
  if (text === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid(name, 'The value is not JSON.')
  }
  const fault = settingFault(name, value)
  if (fault !== null) throw invalid(name, fault)
  return JSON.stringify(value)
}

export const PutSetting = operation({
  name: 'PutSetting',
  service: 'Keyhouse',
  action: 'keyhouse:PutSetting',
  class: 'admin',
  input: PutSettingInput,
  logged: { request: ({ Name, Value }: PutInput) => ({ name: Name, value: Value ?? null }) },

  async run(call, input: PutInput) {
    await permitHere(call)
    const value = checked(input)
    return call.change({
      rows: (rows) => putSetting(rows, { name: input.Name, value, by: call.identity.principal.arn }),
      output: undefined,
    })
  },
})
