/** What an import's refusal means here, and the step where it is put right. */
import type { RefusalView } from '#lib/console/messages.ts'
import type { ImportStep } from '#lib/console/paths.ts'

export type Remedy = {
  readonly title: string
  readonly words: string
  /** again: a new wrapping key and token are needed. */
  readonly back: Extract<ImportStep, 'download' | 'upload'> | 'again'
}

const REMEDIED: ReadonlySet<string> = new Set([
  'ExpiredImportTokenException',
  'InvalidImportTokenException',
  'InvalidCiphertextException',
  'IncorrectKeyMaterialException',
])

/** Whether a refusal leads to another step; any other stands beside the form. */
export const isRemedied = (refusal: RefusalView | undefined): boolean =>
  refusal !== undefined && REMEDIED.has(refusal.code)

type Asked = { readonly existing: boolean; readonly requirement: string }

/** Undefined for refusals that are no more special here than elsewhere. */
export function remedyOf(
  { code, message }: RefusalView,
  { existing, requirement }: Asked,
): Remedy | undefined {
  switch (code) {
    case 'ExpiredImportTokenException':
      return {
        title: 'The import token has expired.',
        words: 'It was good for 24 hours.',
        back: 'again',
      }
    case 'InvalidImportTokenException':
      return {
        title: 'This token does not belong here.',
        words:
          'It is another key’s, it brought material once already, or the file is no import token. A token works for one key, together with the public key that came with it, once.',
        back: 'again',
      }
    case 'InvalidCiphertextException':
      return {
        title: 'The material could not be unwrapped.',
        words:
          'It was wrapped under another public key than this token’s, or by another algorithm. Wrap it again with the commands of Download.',
        back: 'download',
      }
    case 'IncorrectKeyMaterialException':
      return existing
        ? {
            title: 'These are not the bytes that the key had.',
            words:
              'Existing material comes back byte for byte: everything encrypted under it depends on that. Find the original, wrap it, and upload that. Nothing was changed.',
            back: 'upload',
          }
        : {
            title: 'This is not material for this key.',
            words: `${message} It must be ${requirement}.`,
            back: 'download',
          }
    default:
      return undefined
  }
}
