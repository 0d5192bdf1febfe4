/** How identity providers are named: by their issuer's URL, and by an ARN that ends with it. */
import { type Place, parseArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'

type Home = Pick<Place, 'partition' | 'account'>

/** `url` is the issuer without https://. */
export const providerArn = ({ partition, account }: Home, url: string) =>
  `arn:${partition}:iam::${account}:oidc-provider/${url}`

const PATH = String.raw`(?:\/[\w.~!$&'()*+,;=:@%-]+)*`
/** https, a host and perhaps a path; neither port, nor query, nor a slash at the end. */
const URL_FORM = new RegExp(String.raw`^https:\/\/([a-zA-Z0-9.-]+${PATH})\/?$`)
/** Beyond AWS, for development: an issuer on this machine, where nothing is in front of it and ports are all there is. */
const LOCAL_FORM = new RegExp(
  String.raw`^http:\/\/((?:localhost|127(?:\.\d{1,3}){3})(?::\d{1,5})?${PATH})\/?$`,
)
const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3})(?:[:/]|$)/

/** https://issuer.example.com/path → issuer.example.com/path. @throws ValidationException */
export function issuerOf(url: string): string {
  const issuer = LOCAL_FORM.exec(url)?.[1] ?? URL_FORM.exec(url)?.[1]
  if (issuer === undefined || issuerUrl(issuer) !== url.replace(/\/$/, ''))
    throw new KmsError('ValidationException', 'Invalid Open ID Connect Provider URL')
  return issuer
}

/** issuer.example.com/path → https://issuer.example.com/path */
export const issuerUrl = (issuer: string) => `${LOCAL.test(issuer) ? 'http' : 'https'}://${issuer}`

/** What a token names as its issuer, without what is before the name. */
export const issuerName = (url: string) => url.replace(LOCAL_FORM, '$1').replace(/^https:\/\//, '')

/** The issuer that a provider's ARN names, when it is one of this place. @throws InvalidInput */
export function issuerNamed(arn: string, { partition, account }: Home): string {
  const parsed = parseArn(arn)
  const ours = parsed?.service === 'iam' && parsed.partition === partition && parsed.account === account
  if (!ours || !parsed.resource.startsWith('oidc-provider/')) {
    throw new KmsError('InvalidInput', `Invalid ARN: ${arn}`)
  }
  return parsed.resource.slice('oidc-provider/'.length)
}
