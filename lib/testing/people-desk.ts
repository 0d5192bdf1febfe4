/** Test support: people at a desk who sign in, have second factors, and look at what their sessions may. */
import { secretKey } from '#lib/crypto/secret-key.ts'
import { totpCode, totpStep } from '#lib/crypto/totp.ts'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { openTestDesk } from './desk.ts'
import { ACCOUNT } from './world.ts'

export const PASSWORD = 'quiet otters ferry lanterns'
export const STEP_MS = 30_000

export type Signed = { readonly browser: string; readonly session: string }
type Fields = Readonly<Record<string, string>>

/** From a secret as it is shown, the code of the step that a moment lies in. */
function codeAt(secret: string, ms: number): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const seed = secretKey(Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
  return totpCode(seed, totpStep(ms))
}

export type PeopleDesk = Awaited<ReturnType<typeof openPeopleDesk>>

/** A desk, and the moves that its people make. */
export async function openPeopleDesk() {
  const desk = await openTestDesk()
  let made = 0
  let addresses = 0
  const elsewhere = () => ({ address: `198.51.100.${(++addresses % 250) + 1}` })
  const deskTime = () => desk.parts.services.clock.real().getTime()

  const verb = (name: string, signed: Signed, body: object = {}) =>
    desk.ask(`/desk/${name}`, body, { ...signed })
  const operation = (name: string, signed: Signed, body: object = {}) =>
    desk.ask(`/operations/${name}`, body, { ...signed })
  const attempt = (given: Fields, fields: Record<string, string> = elsewhere()) =>
    desk.ask('/desk/sign-in', { account: ACCOUNT, password: PASSWORD, ...given }, fields)

  async function signIn(user: string, more: Fields = {}, browser = ''): Promise<Signed> {
    const { status, body } = await attempt({ user, ...more }, { ...elsewhere(), browser })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return { browser: body.browserToken, session: body.session.id }
  }

  /** Somebody new, so that no test meets what another left. */
  async function someone(policies: readonly string[] = []): Promise<string> {
    const name = `person-${++made}`
    const named = policies.map((policy, index) => ({ name: `policy-${index}`, document: policy }))
    const user = await draftUser({ account: ACCOUNT, name, password: PASSWORD, policies: named })
    await desk.parts.services.database.transaction((rows) => createUser(rows, user))
    return name
  }

  /** What an authenticator shows `ahead` steps from the desk's now. */
  const codeOf = (secret: string, ahead = 0) => codeAt(secret, deskTime() + ahead * STEP_MS)
  /** And from the engine's, by which operations go and which no test moves. */
  const engineCodeOf = (secret: string, ahead = 0) => codeAt(secret, Date.now() + ahead * STEP_MS)

  /** Sets up a second factor; gives its secret and the recovery codes. */
  async function enrol(signed: Signed): Promise<{ secret: string; recovery: string[]; serial: string }> {
    const { body } = await verb('create-factor', signed)
    const { Secret: secret, SerialNumber: serial } = body
    const codes = {
      AuthenticationCode1: engineCodeOf(secret, -1),
      AuthenticationCode2: engineCodeOf(secret),
    }
    const enabled = await verb('enable-factor', signed, codes)
    if (enabled.status !== 200) throw new Error(JSON.stringify(enabled.body))
    return { secret, serial, recovery: enabled.body.RecoveryCodes }
  }

  return {
    ...{ desk, deskTime, verb, operation, attempt, signIn, someone, codeOf, engineCodeOf, enrol },
    works: async (signed: Signed) => (await operation('STS/GetCallerIdentity', signed)).status === 200,
    /** A name that nobody else has. */
    unique: (name: string) => `${name}-${++made}`,
    /** Somebody who has a second factor, past the step that setting it up spent. */
    async enrolled() {
      const user = await someone()
      const factor = await enrol(await signIn(user))
      desk.wait(STEP_MS)
      return { user, ...factor }
    },
    setting: (name: string, value: unknown) =>
      desk.world.sql(
        `INSERT INTO keyhouse.setting (name, value, changed_by) VALUES ($1, $2, 'test')
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [name, JSON.stringify(value)],
      ),
  }
}
