/** Keys and grants of a world, in the few words that tests of grants use over and over. */
import { ACCOUNT, type Answer, base64, OTHER_ACCOUNT, type World } from './world.ts'

export const userOf = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`
export const STRANGER = userOf('stranger')
export const OUTSIDER = userOf('outsider', OTHER_ACCOUNT)
export const PLAINTEXT = base64('order')

export type GrantTools = {
  /** A key of the administrator's. */
  readonly newKey: (input?: object) => Promise<{ KeyId: string; Arn: string }>
  /** Lets the stranger encrypt, unless the input says otherwise. */
  readonly give: (KeyId: string, input?: object, by?: string) => Promise<Answer>
  readonly list: (KeyId: string, input?: object) => Promise<Answer[]>
  /** `yes`, or the code of the refusal. */
  readonly outcome: (name: string, operation: string, input: object) => Promise<string>
  /** The outcome of an Encrypt. */
  readonly encrypts: (name: string, KeyId: string, EncryptionContext?: object) => Promise<string>
}

/** The tools for the world that is open when they are used. */
export function grantTools(world: () => World): GrantTools {
  const outcome: GrantTools['outcome'] = async (name, operation, input) => {
    try {
      await world().as(name).call(operation, input)
      return 'yes'
    } catch (thrown) {
      return String(Reflect.get(Object(thrown), 'code'))
    }
  }
  return {
    outcome,
    newKey: async (input) => {
      const { KeyId, Arn } = (await world().as('admin').call('CreateKey', input)).KeyMetadata
      return { KeyId, Arn }
    },
    give: (KeyId, input, by = 'admin') =>
      world()
        .as(by)
        .call('CreateGrant', { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'], ...input }),
    list: async (KeyId, input) =>
      (
        await world()
          .as('admin')
          .call('ListGrants', { KeyId, ...input })
      ).Grants,
    encrypts: (name, KeyId, EncryptionContext) =>
      outcome(name, 'Encrypt', { KeyId, Plaintext: PLAINTEXT, EncryptionContext }),
  }
}
