/**
 * What the console can ask that is no operation: set-up, signing in and out, who is signed in. Verbs that change or
 * read an account's identities run an operation through the door, so that policies and the log cover them (R2).
 */
import { z } from 'zod'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { type CreatedAccessKey, CreateOwnAccessKey } from '#lib/iam/create-own-access-key.ts'
import { type ListedPrincipal, ListPrincipals } from '#lib/iam/list-principals.ts'
import {
  CreateOwnMFADevice,
  CreateOwnRecoveryCodes,
  EnableOwnMFADevice,
  GetOwnSignIn,
  RemoveOwnMFADevice,
} from '#lib/iam/own-sign-in.ts'
import { RemoveSampleData } from '#lib/iam/remove-sample.ts'
import { findAccount } from '#lib/store/accounts.ts'
import { parsed } from './body.ts'
import { changePassword } from './change-password.ts'
import { dutyOf } from './duties.ts'
import { confirmPassword, requireFreshSignIn } from './fresh-sign-in.ts'
import { showLab, useLabIdentity } from './lab.ts'
import type { DeskParts } from './parts.ts'
import { showFactor } from './second-factor.ts'
import { lookAtSession, requireAnySession, requireSession, type SignedIn, sessionView } from './sessions.ts'
import { SetupInput, setUp } from './setup.ts'
import { isSetUp, newSetupLink, USED } from './setup-link.ts'
import { callerOf, signIn, signOut } from './sign-in.ts'
import { signInWithToken } from './sign-in-with-token.ts'
import { listSignedIn, switchToRole } from './switch-role.ts'
import type { Visit } from './visit.ts'

export type Verb = (parts: DeskParts, visit: Visit, body: unknown) => Promise<unknown>

const verb =
  <T>(schema: z.ZodType<T>, run: (parts: DeskParts, visit: Visit, input: T) => Promise<unknown>): Verb =>
  (parts, visit, body) =>
    run(parts, visit, parsed(schema, body))

const nothing = z.object({})

const SignInInput = z.strictObject({
  account: z.string().min(1).max(128),
  user: z.string().min(1).max(128),
  // As long as a password may be, and some: what is longer is wrong like any other.
  password: z.string().min(1).max(1024),
  // Nothing is a code that was left empty.
  code: z.string().max(64).optional(),
})

/**
 * The caller of a session for a page in the visit's Region.
 * @throws KmsError ValidationException for a Region the account does not have.
 */
export function sessionCaller({ row, identity }: SignedIn, visit: Visit): Caller {
  if (visit.region !== undefined && !identity.regions.includes(visit.region)) {
    throw new KmsError(
      'ValidationException',
      `Account ${identity.account} does not have the Region '${visit.region}'.`,
    )
  }
  return callerOf(identity, row, visit)
}

type How = {
  /** Asks for the password again after five minutes. */
  readonly fresh?: boolean
  /** Works while something is due first (duties.ts), because it is what does it. */
  readonly first?: boolean
}

/** Runs an operation as whoever is signed in, and gives its output in the verb's own words. */
const asOperation = <O>(operation: AnyOperation, words: (output: O) => unknown, how: How = {}): Verb =>
  verb(z.looseObject({}), async (parts, visit, input) => {
    const signedIn = await (how.first ? requireAnySession : requireSession)(parts.services, visit)
    const caller = sessionCaller(signedIn, visit)
    if (how.fresh) requireFreshSignIn(parts.services, signedIn)
    const { output } = await parts.invoke(caller, operation, input)
    // The operation's own run made this output.
    return words(output as O)
  })

const asItIs = (output: unknown) => output ?? {}
const FRESH = { fresh: true } as const
const FIRST = { fresh: true, first: true } as const

async function who({ services }: DeskParts, visit: Visit) {
  const found = await lookAtSession(services, visit)
  if (!found) return { session: null }
  const [duty, account] = await Promise.all([
    dutyOf(services, found),
    findAccount(services.database, found.identity.account),
  ])
  return { session: { ...sessionView(found), duty: duty ?? null, sample: account?.sample ?? false } }
}

/** The secret that encrypts the console's cookie: one per installation, never written down. */
async function nextAuthSecret({ services }: DeskParts) {
  const raw = services.domainKeys.derive('next-auth/v1').export()
  try {
    return { secret: raw.toString('base64url') }
  } finally {
    raw.fill(0)
  }
}

async function freshSetupLink({ services }: DeskParts) {
  const fresh = await newSetupLink(services)
  if (!fresh) throw new KmsError('AccessDeniedException', USED)
  return fresh
}

export const VERBS: ReadonlyMap<string, Verb> = new Map(
  Object.entries({
    health: verb(nothing, async () => ({ ok: true })),
    'setup-state': verb(nothing, async ({ services }) => ({ setUp: await isSetUp(services) })),
    'new-setup-link': verb(nothing, freshSetupLink),
    setup: verb(SetupInput, setUp),
    'sign-in': verb(SignInInput, signIn),
    'sign-in-provider': verb(nothing, async ({ signInProvider }) => ({ provider: signInProvider ?? null })),
    'sign-in-with-token': verb(z.strictObject({ token: z.string().min(1).max(20_000) }), signInWithToken),
    'sign-out': verb(z.object({ all: z.boolean().default(false) }), async (parts, visit, { all }) => {
      const found = await lookAtSession(parts.services, visit)
      if (found) await signOut(parts, visit, found, all)
      return {}
    }),
    confirm: verb(z.strictObject({ password: z.string().min(1).max(1024) }), confirmPassword),
    who: verb(nothing, who),
    'show-factor': verb(z.strictObject({ code: z.string().min(1).max(64) }), showFactor),
    'switch-role': verb(
      z.strictObject({ role: z.string().min(1).max(2048), account: z.string().max(128).optional() }),
      switchToRole,
    ),
    lab: verb(nothing, showLab),
    'lab-identity': verb(z.strictObject({ name: z.string().min(1).max(64) }), useLabIdentity),
    'own-sign-in': asOperation(GetOwnSignIn, asItIs, { first: true }),
    'change-password': verb(
      z.strictObject({ password: z.string().min(1).max(1024), next: z.string().min(1).max(1024) }),
      changePassword,
    ),
    'create-factor': asOperation(CreateOwnMFADevice, asItIs, FIRST),
    'enable-factor': asOperation(EnableOwnMFADevice, asItIs, FIRST),
    'remove-factor': asOperation(RemoveOwnMFADevice, asItIs, FRESH),
    'recovery-codes': asOperation(CreateOwnRecoveryCodes, asItIs, FRESH),
    sessions: verb(nothing, listSignedIn),
    'next-auth-secret': verb(nothing, nextAuthSecret),
    'new-access-key': asOperation<CreatedAccessKey>(
      CreateOwnAccessKey,
      (made) => ({
        id: made.AccessKeyId,
        secret: made.SecretAccessKey,
      }),
      FRESH,
    ),
    principals: asOperation<{ Principals: readonly ListedPrincipal[] }>(ListPrincipals, ({ Principals }) => ({
      principals: Principals.map(({ Arn, Name, Kind, LastActive }) => ({
        arn: Arn,
        name: Name,
        kind: Kind,
        ...(LastActive && { lastActive: LastActive }),
      })),
    })),
    'remove-sample': asOperation<{ AccountIds: readonly string[] }>(
      RemoveSampleData,
      ({ AccountIds }) => ({
        accountIds: AccountIds,
      }),
      FRESH,
    ),
  }),
)
