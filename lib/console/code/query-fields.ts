/** The members of a request as fields of AWS's query protocol: what a form of curl has. */
import { isRecord, members, SECRETS } from './request.ts'

/** IAM is one for all Regions of a partition; this is where it is signed for. */
export const globalRegion = (region: string): string =>
  region.startsWith('cn-') ? 'cn-north-1' : 'us-east-1'

function fieldsOf(name: string, value: unknown): string[] {
  const secret = SECRETS[name]
  if (secret !== undefined) return [`${name}=${secret}`]
  if (Array.isArray(value)) return value.flatMap((one, index) => fieldsOf(`${name}.member.${index + 1}`, one))
  if (isRecord(value)) return members(value).flatMap(([member, part]) => fieldsOf(`${name}.${member}`, part))
  return [`${name}=${String(value)}`]
}

/** `Tags.member.1.Key=team`, and so on. */
export const queryFields = (input: Readonly<Record<string, unknown>>): string[] =>
  members(input).flatMap(([name, value]) => fieldsOf(name, value))
