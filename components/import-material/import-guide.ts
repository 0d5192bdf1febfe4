/** The commands that wrap key material outside, with the names that the downloads really have. */
import type { WrappingAlgorithm } from '#lib/domain/import-wrapping.ts'
import type { KeySpecName } from '#lib/domain/key-spec.ts'
import { generateCommand, requirement } from './material-words.ts'
import type { Wrapping } from './wrapping-choice.ts'

/** Names of files, those that "Show as code" uses among them. */
export const FILES = {
  publicKey: 'wrapping-key.der',
  publicKeyPem: 'wrapping-key.pem',
  token: 'import-token.bin',
  plaintext: 'key-material.bin',
  wrapped: 'key-material.wrapped',
  readme: 'README.txt',
  archive: 'key-import.zip',
} as const

const digestOf = (algorithm: WrappingAlgorithm) => (algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256')

const oaep = (algorithm: WrappingAlgorithm, from: string, to: string) =>
  [
    `openssl pkeyutl -encrypt -pubin -keyform DER -inkey ${FILES.publicKey} \\`,
    `  -in ${from} -out ${to} \\`,
    `  -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:${digestOf(algorithm)} -pkeyopt rsa_mgf1_md:${digestOf(algorithm)}`,
  ].join('\n')

// RFC 5649 §3: the constant that begins the initial value of a padded wrap.
const KWP_IV = 'A65959A6'

function keyWrap(algorithm: WrappingAlgorithm): string {
  return [
    'openssl rand -out aes-key.bin 32',
    `openssl enc -id-aes256-wrap-pad -K "$(xxd -p -c 64 aes-key.bin)" -iv ${KWP_IV} \\`,
    `  -in ${FILES.plaintext} -out key-material.kwp`,
    oaep(algorithm, 'aes-key.bin', 'aes-key.wrapped'),
    `cat aes-key.wrapped key-material.kwp > ${FILES.wrapped}`,
    'rm aes-key.bin aes-key.wrapped key-material.kwp',
  ].join('\n')
}

export type Command = { readonly title: string; readonly code: string }

/** Two commands: make material, and wrap it. OpenSSL has no one-line SM2 wrap in the form that is needed. */
export function commandsFor(spec: KeySpecName, partition: string, { algorithm }: Wrapping): Command[] {
  const make = {
    title: `Make material: ${requirement(spec, partition)}`,
    code: generateCommand(spec, partition, FILES.plaintext),
  }
  const wrap =
    algorithm === 'SM2PKE'
      ? `openssl pkeyutl -encrypt -pubin -keyform DER -inkey ${FILES.publicKey} \\\n  -in ${FILES.plaintext} -out ${FILES.wrapped}`
      : algorithm.startsWith('RSA_AES')
        ? keyWrap(algorithm)
        : oaep(algorithm, FILES.plaintext, FILES.wrapped)
  return [make, { title: `Wrap it with ${algorithm}`, code: wrap }]
}

type Guide = {
  readonly arn: string
  readonly spec: KeySpecName
  readonly partition: string
  readonly wrapping: Wrapping
  /** "25 November 2026, 14:07:31 UTC" */
  readonly validTo: string
}

/** README.txt: what the two files are, until when they work, and the commands. */
export function readmeText({ arn, spec, partition, wrapping, validTo }: Guide): string {
  const commands = commandsFor(spec, partition, wrapping)
  return [
    `Import of key material into ${arn}`,
    '',
    `${FILES.publicKey}  the wrapping public key, ${wrapping.keySpec}, DER SubjectPublicKeyInfo`,
    `${FILES.token}  the import token that belongs to it, binary`,
    '',
    `Both work together, for this key, for one import, until ${validTo}.`,
    `The material must be ${requirement(spec, partition)}.`,
    '',
    ...commands.flatMap(({ title, code }) => [`# ${title}`, code, '']),
    `Then upload ${FILES.wrapped} and ${FILES.token}.`,
    `Keep ${FILES.plaintext} in a safe place: it cannot be read back, and only the same bytes can be imported again.`,
    '',
  ].join('\n')
}
