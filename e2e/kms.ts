/** The administrator's own calls beside the browser, by this clone's command line; each must succeed. */
import { keyhouse } from './command-line.ts'

/** The members of answers that stories look at. */
type Answer = {
  readonly KeyMetadata: { readonly KeyId: string }
  readonly CiphertextBlob: string
  readonly Plaintext: string
}

export function kms(...words: readonly string[]): Answer {
  const { status, stdout, stderr } = keyhouse(['kms', ...words])
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  // What the engine answers has the members of its operation; a story reads only those.
  return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Answer
}
