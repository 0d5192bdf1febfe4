/**
 * Applies a seed file to an installation that nobody set up yet (docs/seed-file.md). Once: the installation remembers
 * the file by its hash. A start that was interrupted half-way goes on where it stopped.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import type { Seed, SeedAccount } from '#lib/domain/seed-file.ts'
import type { SeedKey } from '#lib/domain/seed-key.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { type AccessKeyDraft, createAccessKey, draftAccessKey } from '#lib/iam/create-access-key.ts'
import { createAccount } from '#lib/iam/create-account.ts'
import { createUser, draftUser, type UserDraft } from '#lib/iam/create-user.ts'
import { seedKey } from '#lib/kms/seed-key.ts'
import type { NewAccount } from '#lib/store/accounts.ts'
import { claimForSeed, finishSeed, readSetupState } from '#lib/store/installation.ts'
import { seedIdentities } from './seed-identities.ts'
import { parseSeed, SeedError } from './seed-text.ts'

export type SeedOutcome =
  | { readonly kind: 'applied'; readonly accounts: number; readonly keys: number }
  /** This very file was applied before. */
  | { readonly kind: 'unchanged' }
  /** Nothing was done, and why: for a warning, since the installation works. */
  | { readonly kind: 'ignored'; readonly reason: string }

type AccountDraft = {
  readonly seed: SeedAccount
  readonly account: NewAccount
  readonly users: readonly UserDraft[]
  readonly accessKeys: readonly AccessKeyDraft[]
}

async function draftAccount({ services }: Engine, seed: SeedAccount): Promise<AccountDraft> {
  const { id, alias, regions, root, users } = seed
  const accessKeys: AccessKeyDraft[] = []
  for (const pair of root?.accessKeys ?? []) {
    accessKeys.push(await draftAccessKey(services.domainKeys, { account: id, principal: id }, pair))
  }
  const drafts: UserDraft[] = []
  for (const { name, password, policies, accessKeys: pairs } of users) {
    const inline = policies.map((document, index) => ({ name: `policy-${index + 1}`, document }))
    const draft = await draftUser({ account: id, name, password, policies: inline })
    drafts.push(draft)
    for (const pair of pairs) {
      accessKeys.push(
        await draftAccessKey(services.domainKeys, { account: id, principal: draft.principal.id }, pair),
      )
    }
  }
  return { seed, account: { id, alias: alias ?? null, regions, sample: false }, users: drafts, accessKeys }
}

/** All accounts and everyone in them, and the claim on the installation, or nothing. */
async function applyAccounts(engine: Engine, seed: Seed, hash: Uint8Array): Promise<void> {
  const { services, writer } = engine
  const drafts: AccountDraft[] = []
  for (const account of seed.accounts) drafts.push(await draftAccount(engine, account))
  const event = internalEvent({
    name: 'ApplySeed',
    at: services.clock.real(),
    account: seed.accounts[0]?.id ?? '',
    region: seed.accounts[0]?.regions[0] ?? '',
    details: {
      sha256: Buffer.from(hash).toString('hex'),
      accounts: seed.accounts.map(({ id }) => id),
      keys: seed.keys.length,
    },
  })
  await changeIdentities(
    services,
    drafts.map(({ account }) => account.id),
    async (transaction) => {
      if (!(await claimForSeed(transaction, { hash, manualClock: seed.clock === 'manual' })))
        throw new SeedError('another process is setting this installation up')
      for (const { seed: file, account, users, accessKeys } of drafts) {
        await createAccount(transaction, account)
        for (const user of users) await createUser(transaction, user)
        for (const accessKey of accessKeys) await createAccessKey(transaction, accessKey)
        const ids = new Map(users.map(({ principal }) => [principal.name, principal.id]))
        await seedIdentities(transaction, file, { users: ids, at: services.clock.real() })
      }
      await writer.appendIn(transaction.sql, [event])
    },
  )
}

async function applyKey(engine: Engine, key: SeedKey): Promise<void> {
  const { account, region, id } = key
  // Made before the interruption.
  if (await engine.services.keys.byId({ account, region, id })) return
  await seedKey(engine, key)
}

/** Real time is for good: a seed that asks for a manual clock must not start as if it had got one. */
function refuseManualClock(text: string, name: string): void {
  let manual = false
  try {
    manual = parseSeed(text, name).clock === 'manual'
  } catch {
    // What cannot be read was not asked for; the caller says that the file was not read.
  }
  if (manual) {
    throw new SeedError(
      `${name} says "clock: manual", but this installation has data and goes by real time. Use it on an empty database, or another KEYHOUSE_HOME.`,
    )
  }
}

/** Reads and applies the seed file at `path`, if that is still to be done. @throws SeedError with what is wrong in it. */
export async function applySeed(engine: Engine, path: string): Promise<SeedOutcome> {
  const name = basename(path)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new SeedError(
      `the seed file ${path} cannot be read: ${Reflect.get(Object(cause), 'code') ?? 'unknown error'}`,
    )
  })
  const { database, clock } = engine.services
  const hash = sha256(bytes)
  const state = await readSetupState(database)
  const same = state?.seedHash != null && equalBytes(state.seedHash, hash)
  if (state?.setUp) {
    if (same) return { kind: 'unchanged' }
    if (!state.manualClock) refuseManualClock(bytes.toString('utf8'), name)
    const reason = state.seedHash
      ? `${name} differs from the seed that was applied to this installation; a seed is applied once, so it was not read${state.manualClock ? ' (./keyhouse reset begins anew with it)' : ''}`
      : `this installation was set up by hand before; ${name} was not read`
    return { kind: 'ignored', reason }
  }
  if (state?.seedHash && !same) {
    throw new SeedError(
      `${name} differs from the seed that was begun here: start with that file again, or on an empty database`,
    )
  }
  const seed = parseSeed(bytes.toString('utf8'), name)
  if (!same) await applyAccounts(engine, seed, hash)
  for (const key of seed.keys) await applyKey(engine, key)
  await finishSeed(database, clock.real())
  return { kind: 'applied', accounts: seed.accounts.length, keys: seed.keys.length }
}
