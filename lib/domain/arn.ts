/**
 * Amazon Resource Names, parsed once and compared byte for byte (R49).
 *
 *   arn:partition:service:region:account:resource
 */

export type Arn = {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** The parts of an ARN, or undefined when the text is none. The resource keeps its own colons. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(':')
  const [prefix, partition, service, region, account] = parts
  if (parts.length < 6 || prefix !== 'arn' || !partition || !service) return undefined
  const resource = parts.slice(5).join(':')
  if (resource === '') return undefined
  return { partition, service, region: region ?? '', account: account ?? '', resource }
}

/** Where a key or alias lives. */
export type Place = { readonly partition: string; readonly region: string; readonly account: string }

/** The partition a Region belongs to, by AWS's naming. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}

export const keyArn = (place: Place, keyId: string) =>
  `arn:${place.partition}:kms:${place.region}:${place.account}:key/${keyId}`

/** `name` keeps its prefix: alias/payments. */
export const aliasArn = (place: Place, name: string) =>
  `arn:${place.partition}:kms:${place.region}:${place.account}:${name}`

export const rootArn = (partition: string, account: string) => `arn:${partition}:iam::${account}:root`

export const userArn = (partition: string, account: string, path: string, name: string) =>
  `arn:${partition}:iam::${account}:user${path}${name}`

export const roleArn = (partition: string, account: string, path: string, name: string) =>
  `arn:${partition}:iam::${account}:role${path}${name}`

/** A session of a role, as STS names it: without the role's path. */
export const sessionArn = (partition: string, account: string, role: string, session: string) =>
  `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`

export const groupArn = (partition: string, account: string, path: string, name: string) =>
  `arn:${partition}:iam::${account}:group${path}${name}`

export const policyArn = (partition: string, account: string, path: string, name: string) =>
  `arn:${partition}:iam::${account}:policy${path}${name}`

/** Lower-case UUID, or mrk- and 32 hex digits. */
export const KEY_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/
