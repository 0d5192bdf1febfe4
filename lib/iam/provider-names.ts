/** How identity providers are named: by their issuer's URL, and by an ARN that ends with it. */
import { type Place, parseArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'

type Home = Pick<Place, 'partition' | 'account'>

/** `url` is the issuer without https://. */
export const providerArn = ({ partition, account }: Home, url: string) =>
  `arn:${partition}:iam::${account}:oidc-provider/${url}`

/** https, a host and perhaps a path; neither port, nor query, nor a slash at the end. */
const URL_FORM = /^https:\/\/([a-zA-Z0-9.-]+(?:\/[\w.~!$&'()*+,;=:@%-]+)*)\/?$/

/** https://issuer.example.com/path → issuer.example.com/path. @throws ValidationException */
export function issuerOf(url: string): string {
  const issuer = URL_FORM.exec(url)?.[1]
  if (issuer === undefined) throw new KmsError('ValidationException', 'Invalid Open ID Connect Provider URL')
  return issuer
}

/** The issuer that a provider's ARN names, when it is one of this place. @throws InvalidInput */
export function issuerNamed(arn: string, { partition, account }: Home): string {
  const parsed = parseArn(arn)
  const ours = parsed?.service === 'iam' && parsed.partition === partition && parsed.account === account
  if (!ours || !parsed.resource.startsWith('oidc-provider/')) {
    throw new KmsError('InvalidInput', `Invalid ARN: ${arn}`)
  }
  return parsed.resource.slice('oidc-provider/'.length)
}
