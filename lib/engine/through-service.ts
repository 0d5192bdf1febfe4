/**
 * Services as callers. A service of Keyhouse that uses a key for somebody, or for itself, calls through the one door
 * like everybody else, as one of these. They are made here and nowhere else: nothing that a request says becomes one.
 */
import { uuidv4 } from '#lib/crypto/random.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import type { Caller, Principal } from '#lib/domain/caller.ts'

/** For whose resource a service calls: what aws:SourceArn and aws:SourceAccount say. */
type Source = {
  readonly sourceArn?: string
  readonly sourceAccount?: string
}

/** s3 in eu-west-1 → s3.eu-west-1.amazonaws.com, also in China (facts §19): the value of kms:ViaService. */
const inRegion = (service: string, region: string) => `${service}.${region}.amazonaws.com`

/**
 * The caller, as a service carries their call on: judged by their own policies, with kms:ViaService and
 * aws:CalledVia. `service` is its short name: s3, ssm, secretsmanager.
 */
export function throughService(
  caller: Caller,
  { service, ...source }: Source & { readonly service: string },
): Caller {
  return { ...caller, through: { service: inRegion(service, caller.region), behalf: true, ...source } }
}

type OwnCall = Source & {
  readonly service: string
  /** The account that it works in. */
  readonly account: string
  readonly region: string
}

/** The service itself, as the principal s3.amazonaws.com: allowed by key policies and grants that name it, or not at all. */
export function asService({ service, account, region, ...source }: OwnCall): Caller {
  const name = `${service}.amazonaws.com`
  const principal: Principal = {
    kind: 'service',
    partition: partitionOf(region),
    account,
    id: name,
    name,
    arn: name,
  }
  return {
    principal,
    credential: { kind: 'internal' },
    through: { service: inRegion(service, region), behalf: false, ...source },
    region,
    channel: {
      via: 'internal',
      address: '',
      userAgent: name,
      tls: undefined,
      host: '',
      requestId: uuidv4(),
      invocationId: undefined,
      bodyHash: undefined,
    },
  }
}
