/**
 * The requests of a form as code, in the ways people write them. Made from the same objects that the action sends, so
 * that what is shown is what is done. Secrets and data appear as placeholders and files, never as values.
 */
import { go } from './code/go.ts'
import { java } from './code/java.ts'
import type { CodePlace, CodeRequest, Snippet } from './code/request.ts'
import { javascript, python } from './code/script.ts'
import { cli, curl } from './code/shell.ts'
import { terraform } from './code/terraform.ts'

export type { CodePlace, CodeRequest, Snippet } from './code/request.ts'
export { CREATED_KEY } from './code/request.ts'

/** The same requests for the CLI, Python, JavaScript, Go, Java, Terraform and curl. */
export function snippetsFor(requests: readonly CodeRequest[], place: CodePlace): Snippet[] {
  return [
    { id: 'cli', label: 'CLI', code: cli(requests, place) },
    { id: 'python', label: 'Python', code: python(requests, place) },
    { id: 'javascript', label: 'JavaScript', code: javascript(requests, place) },
    { id: 'go', label: 'Go', code: go(requests, place) },
    { id: 'java', label: 'Java', code: java(requests, place) },
    { id: 'terraform', label: 'Terraform', ...terraform(requests, place) },
    { id: 'curl', label: 'curl', code: curl(requests, place) },
  ]
}
