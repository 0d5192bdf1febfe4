import { accountAlias, accountId, regionNames, userName } from '#lib/domain/account.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'

export type SetupFields = {
  readonly accountId: string
  /** Empty for none. */
  readonly alias: string
  readonly regions: readonly string[]
  readonly name: string
  readonly password: string
  readonly sampleData: boolean
}

/** What is shown once, and only in the answer to the form. */
export type SetupResult = {
  readonly accessKey: { readonly id: string; readonly secret: string }
  readonly sample?: {
    readonly accountId: string
    readonly users: readonly { readonly name: string; readonly role?: string; readonly password: string }[]
  }
}

export type SetupErrors = Partial<Record<keyof SetupFields, string>>

/** Twelve digits, the first no zero: one that other programs would trim. */
export function newAccountId(): string {
  const [chance = 0] = crypto.getRandomValues(new BigUint64Array(1)).values()
  return String(100_000_000_000n + (BigInt(chance) % 900_000_000_000n))
}

type Check = {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: { message: string }[] } }
}

const fault = (schema: Check, label: string, value: unknown): string | undefined => {
  const issue = schema.safeParse(value).error?.issues[0]
  return issue && `${label} ${issue.message}.`
}

/** What is wrong with the form, by field, by the same rules as the engine's. */
export function checkSetup(fields: SetupFields): SetupErrors {
  const found: SetupErrors = {
    accountId: fault(accountId(), 'The account ID', fields.accountId),
    alias: fields.alias === '' ? undefined : fault(accountAlias(), 'The alias', fields.alias),
    regions: fault(regionNames(), 'The list', fields.regions),
    name: fault(userName(), 'The user name', fields.name),
    password: passwordFault(fields.password),
  }
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined))
}
