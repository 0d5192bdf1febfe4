/**
 * The sheet of IAM and STS (docs/iam.md): what is answered on the wire, by family, with what each operation takes as its
 * schema has it, and in words what is not here.
 */
import { z } from 'zod'
import type { AnyOperation } from '#lib/engine/operation.ts'

/** The first family whose pattern fits an operation is its own. */
const FAMILIES: readonly (readonly [string, RegExp])[] = [
  ['Sessions (STS)', /^STS\./],
  ['Simulator', /^IAM\.Simulate/],
  ['Identity providers', /OpenIDConnectProvider/],
  ['Second factors', /MFADevice/],
  ['Access keys and passwords', /AccessKey|LoginProfile|ChangePassword/],
  ['Permissions boundaries', /PermissionsBoundary$/],
  ['Inline and attached policies', /(User|Group|(?<!Assume)Role)(Policy|Policies)$/],
  ['Managed policies', /(?<!AssumeRole)Polic(y|ies|yVersion|yVersions|yTags)$/],
  ['Groups', /Group/],
  ['Roles', /Role/],
  ['The account', /Account/],
  ['Users', /User/],
  ['Asked by programs, always empty', /SSHPublicKeys|SigningCertificates|ServiceSpecificCredentials/],
]

const HEAD = `# IAM and STS

Made by \`lib/iam/sheet.test.ts\`; not to be edited. What Keyhouse answers of IAM (version 2010-05-08) and STS (version
2011-06-15), at the same address as KMS: point \`AWS_ENDPOINT_URL_IAM\` and \`AWS_ENDPOINT_URL_STS\` there. A member with a star
must be given. Refusals have AWS's codes and HTTP status; everything is judged by the policies, boundaries and guardrails of
whoever asks, and is in the audit log. An action that policies name is \`iam:\` or \`sts:\` and the operation's name.
`

const REST = `## What is not here

- **AWS's own managed policies.** \`arn:aws:iam::aws:policy/…\` are AWS's to write: attaching one is \`NoSuchEntity\`, and
  \`ListPolicies\` with \`Scope=AWS\` is an empty list. Make a policy of your own and attach that.
- **Credentials of other kinds**: SSH keys, signing and server certificates, service specific credentials. The lists of a user's
  are answered, empty, because programs ask for them before they delete a user.
- **Instance profiles**, but for the empty list of a role's.
- **SAML** providers and \`AssumeRoleWithSAML\`, \`GetFederationToken\`, \`DecodeAuthorizationMessage\`, \`AssumeRoot\`.
- **The account's password policy**: what a password must be is the same everywhere. **Reports**: credential reports, details of
  service use, \`GetAccountAuthorizationDetails\`.
- **Tags of MFA devices.** Users, roles, managed policies and identity providers have tags.
- **Organizations.** What service control policies do is done by guardrails, which the installation's first account sets.

Any of these is answered \`InvalidAction\` where it is an operation of its own.
`

const qualified = ({ service, name }: AnyOperation) => `${service}.${name}`

/** Its family's title. @throws where none fits: a new operation belongs somewhere. */
function familyOf(operation: AnyOperation): string {
  const found = FAMILIES.find(([, pattern]) => pattern.test(qualified(operation)))
  if (!found) throw new Error(`${operation.name} is of no family`)
  return found[0]
}

function membersOf({ input }: AnyOperation): string {
  if (!(input instanceof z.ZodObject)) return ''
  const names = Object.entries(input.shape).map(([name, member]) => {
    const optional = (member as z.ZodType).safeParse(undefined).success
    return optional ? name : `${name}\\*`
  })
  return names.join(', ')
}

/** The sheet's text. */
export function iamSheet(operations: readonly AnyOperation[]): string {
  const families = Map.groupBy(operations, familyOf)
  const tables = FAMILIES.map(([title]) => {
    const listed = [...(families.get(title) ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))
    const rows = listed.map((operation) => `| ${operation.name} | ${membersOf(operation)} |`)
    return [`## ${title}`, '', '| operation | takes |', '| --- | --- |', ...rows, ''].join('\n')
  })
  return [HEAD, ...tables, REST].join('\n')
}
