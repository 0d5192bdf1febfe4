/** The access explorer's question as requests of others: Keyhouse's own command line, and AWS's policy simulator. Pure. */
import { shellWord } from '#lib/console/code/shell.ts'
import type { InputOf } from '#lib/console/operations.ts'
import type { CodePlace, CodeRequest } from '#lib/console/snippets.ts'

type Question = InputOf<'ExplainAccess'>

/** The command that asks the same and prints the whole explanation. */
export const explainCommand = (question: Question, { endpoint, region }: CodePlace): string =>
  [
    `./keyhouse call keyhouse ExplainAccess ${shellWord(JSON.stringify(question, null, 2))}`,
    `--region ${region}`,
    `--endpoint-url ${endpoint}`,
  ].join(' \\\n  ')

const entry = (name: string, values: readonly string[]) => ({
  ContextKeyName: name,
  ContextKeyValues: values,
  ContextKeyType: name.toLowerCase() === 'aws:sourceip' ? 'ip' : 'string',
})

/** The nearest that AWS has: it knows keys by ARN only. */
export function simulationOf(question: Question, keyArn: string): CodeRequest {
  const context = Object.entries(question.EncryptionContext ?? {})
  const entries = [
    ...context.map(([name, value]) => entry(`kms:EncryptionContext:${name}`, [value])),
    ...Object.entries(question.Conditions ?? {}).map(([name, values]) => entry(name, values)),
  ]
  const { Action } = question
  return {
    name: 'SimulatePrincipalPolicy',
    input: {
      PolicySourceArn: question.PrincipalArn,
      ActionNames: [Action.includes(':') ? Action : `kms:${Action}`],
      ResourceArns: [keyArn],
      ...(entries.length > 0 && { ContextEntries: entries }),
    },
  }
}
