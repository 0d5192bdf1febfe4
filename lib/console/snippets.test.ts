import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { CREATED_KEY, shellWord, snippetsFor } from './snippets.ts'

const place = { endpoint: 'http://127.0.0.1:4566', region: 'eu-west-1' }
const create = [
  {
    name: 'CreateKey',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what Terraform must not read as an expression
    input: { Description: "Bob's key", Policy: undefined, Tags: [{ TagKey: 'team', TagValue: '${pay}' }] },
  },
  { name: 'CreateAlias', input: { AliasName: 'alias/payments', TargetKeyId: CREATED_KEY } },
] as const
const code = (id: string, requests: Parameters<typeof snippetsFor>[0] = create) =>
  snippetsFor(requests, place).find((snippet) => snippet.id === id)?.code

it('hands the new key from one command to the next', () => {
  expect(code('cli')).toMatchInlineSnapshot(`
    "KEY_ID=$(aws kms create-key \\
      --description 'Bob'\\''s key' \\
      --tags '[{"TagKey":"team","TagValue":"\${pay}"}]' \\
      --region eu-west-1 \\
      --endpoint-url http://127.0.0.1:4566 \\
      --query KeyMetadata.KeyId --output text)

    aws kms create-alias \\
      --alias-name alias/payments \\
      --target-key-id "$KEY_ID" \\
      --region eu-west-1 \\
      --endpoint-url http://127.0.0.1:4566"
  `)
  expect(code('python')).toContain('TargetKeyId=key_id')
  expect(code('javascript')).toContain('TargetKeyId: keyId')
  expect(code('terraform')).toContain('target_key_id = aws_kms_key.this.key_id')
})

it('leaves what Terraform would read as an expression as text', () => {
  expect(code('terraform')).toContain('"team" = "$${pay}"')
})

it('never repeats data', () => {
  const requests = [
    {
      name: 'Encrypt',
      input: { KeyId: 'alias/a', Plaintext: 'aHVudGVyMg==', EncryptionContext: { a: 'b' } },
    },
  ] as const
  for (const snippet of snippetsFor(requests, place)) expect(snippet.code).not.toContain('aHVudGVyMg')
  expect(code('cli', requests)).toContain('--plaintext fileb://plaintext.bin')
  expect(code('terraform', requests)).toBeUndefined()
})

describe('a word of the shell comes back as it was', () => {
  it.each(["it's", '{"a":"b"}', '$HOME `id` "x"', 'plain', 'two\nlines', '!!'])('%j', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
  })
})
