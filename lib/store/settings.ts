/** Rows of settings: JSON by name. A name without a row, or with a value that no longer fits, has its preset. */
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings, settingOf } from '#lib/domain/settings.ts'
import type { Sql, Transaction } from './database.ts'

export type SettingRow = {
  readonly name: string
  readonly value: string
  readonly changedAt: Date
  readonly changedBy: string
}

/** The rows there are: what somebody chose, and who. */
export const readSettingRows = (sql: Sql): Promise<SettingRow[]> =>
  sql(
    `SELECT name, value, changed_at AS "changedAt", changed_by AS "changedBy" FROM keyhouse.setting ORDER BY name`,
    [],
  )

function settingIn(name: SettingName, stored: string | undefined): unknown {
  const { preset } = SETTINGS[name]
  if (stored === undefined) return preset
  return settingOf(name, JSON.parse(stored)) ?? preset
}

/** Every setting with what holds now. */
export function settingsOf(rows: readonly SettingRow[]): Settings {
  const stored = new Map(rows.map(({ name, value }) => [name, value]))
  const entries = SETTING_NAMES.map((name) => [name, settingIn(name, stored.get(name))])
  // Every name of the table, each with a value of its own row.
  return Object.fromEntries(entries) as Settings
}

export const readSettings = async (sql: Sql): Promise<Settings> => settingsOf(await readSettingRows(sql))

/** `value` null takes the choice back. */
export async function putSetting(
  rows: Transaction,
  { name, value, by }: { readonly name: SettingName; readonly value: string | null; readonly by: string },
): Promise<void> {
  if (value === null) {
    await rows.prisma.setting.deleteMany({ where: { name } })
    return
  }
  await rows.sql(
    `INSERT INTO keyhouse.setting (name, value, changed_by) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,
       changed_at = clock_timestamp()`,
    [name, value, by],
  )
}

/** The account that the installation was set up with: whoever may, there, chooses for all. */
export async function firstAccount(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `SELECT id FROM keyhouse.account WHERE NOT sample ORDER BY created_at, id LIMIT 1`,
    [],
  )
  return row?.id
}
