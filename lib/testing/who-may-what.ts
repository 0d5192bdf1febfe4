/** Test support: tables of who may do what, one line for an operation and a column for each caller. */
import { randomUUID } from 'node:crypto'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { allowing, document, giveRole, holderOf, trusting } from './sessions.ts'
import { ACCOUNT, type World } from './world.ts'

/** Whoever calls, past the signature. */
export type Calling = { readonly caller: Caller }

/** How a refusal looks in a table. Whatever is not a dash was permitted, or asked nobody's permission. */
const SHORT: Partial<Record<KmsErrorCode, string>> = {
  AccessDeniedException: '-',
  InvalidAuthenticationCode: 'wrong code',
  InvalidArnException: 'invalid ARN',
  InvalidInput: 'invalid',
  NoSuchEntity: 'not found',
  NotFoundException: 'not found',
  UnsupportedOperationException: 'unsupported',
  ValidationException: 'invalid',
}

/** What a line is of, and a cell for each caller. */
export type Line = readonly [string, readonly string[]]

/** The table's text. */
export function table(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([name]) => name.length)) + 1
  const texts = lines.map(([name, cells]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padEnd(12))].join(''),
  )
  return texts.map((text) => `${text.trimEnd()}\n`).join('')
}

/** Asks one operation; gives `yes`, or the refusal. Throws what is none. */
export async function answerOf(
  { engine }: World,
  { caller }: Calling,
  [operation, input]: readonly [AnyOperation, object],
): Promise<string> {
  const channel = { ...caller.channel, requestId: randomUUID() }
  try {
    await engine.invoke({ ...caller, channel }, operation, input)
    return 'yes'
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown
    return SHORT[thrown.code] ?? thrown.code
  }
}

type Sessions = {
  readonly role: string
  /** What the role may do by its own policies. */
  readonly may: readonly string[]
  /** What the second session is narrowed to. */
  readonly narrowedTo: readonly string[]
}

export type TwoSessions = {
  readonly arn: string
  readonly session: Calling
  readonly narrowed: Calling
}

/** Two sessions of one role of the world's first account: one as wide as the role, one that its own policy narrows. */
export async function twoSessions(world: World, { role, may, narrowedTo }: Sessions): Promise<TwoSessions> {
  const trust = document(trusting(`arn:aws:iam::${ACCOUNT}:user/admin`))
  const policies = may.length === 0 ? [] : [allowing(...may)]
  const arn = await giveRole(world, { name: role, trust, policies })
  const open = async (RoleSessionName: string, more: object) =>
    holderOf(world, await world.as('admin').call('AssumeRole', { RoleArn: arn, RoleSessionName, ...more }))
  return {
    arn,
    session: await open('wide', {}),
    narrowed: await open('narrow', { Policy: allowing(...narrowedTo) }),
  }
}
