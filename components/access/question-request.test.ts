import { expect, it } from 'vitest'
import { explainCommand, simulationOf } from './question-request.ts'

const ALICE = 'arn:aws:iam::111122223333:user/alice'
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'
const question = { KeyId: 'alias/a', PrincipalArn: ALICE, Action: 'Decrypt' }

it('is one command, whatever quotes a value has', () => {
  const asked = { ...question, EncryptionContext: { who: "it's" } }
  const place = { endpoint: 'http://127.0.0.1:4566', region: 'eu-west-1' }
  expect(explainCommand(asked, place)).toBe(`./keyhouse call keyhouse ExplainAccess '{
  "KeyId": "alias/a",
  "PrincipalArn": "${ALICE}",
  "Action": "Decrypt",
  "EncryptionContext": {
    "who": "it'\\''s"
  }
}' \\
  --region eu-west-1 \\
  --endpoint-url http://127.0.0.1:4566`)
})

it('is put to the simulator with the key’s ARN and the full name of the action', () => {
  expect(simulationOf(question, KEY)).toEqual({
    name: 'SimulatePrincipalPolicy',
    input: { PolicySourceArn: ALICE, ActionNames: ['kms:Decrypt'], ResourceArns: [KEY] },
  })
})

it('brings what the request would say of itself', () => {
  const more = { EncryptionContext: { team: 'a' }, Conditions: { 'aws:SourceIp': ['10.0.4.17'] } }
  expect(simulationOf({ ...question, ...more }, KEY).input.ContextEntries).toEqual([
    { ContextKeyName: 'kms:EncryptionContext:team', ContextKeyValues: ['a'], ContextKeyType: 'string' },
    { ContextKeyName: 'aws:SourceIp', ContextKeyValues: ['10.0.4.17'], ContextKeyType: 'ip' },
  ])
})
