import { execFileSync, spawnSync } from 'node:child_process'
import { stripTypeScriptTypes } from 'node:module'
import * as enumerations from '@aws-sdk/client-kms'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { kmsOperations } from '#lib/kms/operations.ts'
import { BLOB_FILES, type CodeName, enumerationOf, STRUCTURES } from './code/request.ts'
import { shellWord } from './code/shell.ts'
import { NOTHING_YET, STEPS } from './code/testing.ts'
import { CREATED_KEY, snippetsFor } from './snippets.ts'

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
  expect(code('terraform', requests)).toContain('plaintext = file("plaintext.bin")')
})

describe('a word of the shell comes back as it was', () => {
  it.each(["it's", '{"a":"b"}', '$HOME `id` "x"', 'plain', 'two\nlines', '!!'])('%j', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
  })
})

describe('code of every operation', () => {
  const all = STEPS.map(([name, input]) => ({ name, input: input(NOTHING_YET) }))
  const has = (program: string) => spawnSync(program, ['--version']).status === 0
  const parses = (program: string, options: string[], text: string) => {
    const { status, stderr } = spawnSync(program, options, { input: text, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
  }

  it.each(all)(
    '$name: no language repeats what is secret, and each says where and what',
    ({ name, input }) => {
      const snippets = snippetsFor([{ name, input }], place)
      expect(snippets.map(({ id }) => id)).toEqual([
        'cli',
        'python',
        'javascript',
        'go',
        'java',
        'terraform',
        'curl',
      ])
      for (const { id, code: text } of snippets) {
        expect(text).not.toContain('never shown')
        if (id !== 'terraform') expect(text).toContain(place.endpoint)
        if (id === 'curl') expect(text).toContain(`TrentService.${name}`)
        for (const member of Object.keys(input))
          if (BLOB_FILES[member] && id !== 'terraform') expect(text).toContain(BLOB_FILES[member])
      }
    },
  )

  const together = (id: string) => all.map((request) => code(id, [request])).join('\n\n')

  it.each(all)('$name: is JavaScript', (request) => {
    // It has no types to strip: what is no syntax throws.
    const text = code('javascript', [request]) ?? ''
    expect(stripTypeScriptTypes(text)).toBe(text)
    expect(() => stripTypeScriptTypes(`${text})`)).toThrow()
  })

  // Skipped where the machine has no Python, or no Terraform.
  it.skipIf(!has('python3'))('is Python', () => {
    parses('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], together('python'))
  })
  it.skipIf(!has('terraform'))('is HCL', { timeout: 30_000 }, () => {
    parses('terraform', ['fmt', '-'], together('terraform'))
  })
  it.each(['cli', 'curl'])('is a command of a POSIX shell: %s', (id) => {
    parses('sh', ['-n'], together(id))
  })
})

describe('what typed languages must know of members', () => {
  /** What a member is, under what makes it optional. */
  const bare = (schema: unknown): unknown =>
    schema instanceof z.ZodOptional
      ? bare(schema.unwrap())
      : schema instanceof z.ZodPipe
        ? bare(schema.in)
        : schema
  const cases = kmsOperations.flatMap(({ name, input }) => {
    const shape = input instanceof z.ZodObject ? input.shape : {}
    return Object.entries(shape).map(([member, schema]) => ({
      name: name as CodeName,
      member,
      schema: bare(schema),
    }))
  })

  it.each(cases.filter(({ schema }) => schema instanceof z.ZodEnum))(
    '$name $member is an enumeration of the SDKs',
    ({ name, member }) => {
      expect(Object.keys(enumerations)).toContain(enumerationOf(name, member))
    },
  )
  it.each(cases.filter(({ schema }) => schema instanceof z.ZodObject))(
    '$name $member is a structure',
    ({ member }) => {
      expect(Object.keys(STRUCTURES)).toContain(member)
    },
  )
  it('and there are such members', () => {
    expect(cases.filter(({ schema }) => schema instanceof z.ZodEnum).length).toBeGreaterThan(10)
  })
})

describe('Terraform', () => {
  it('has the spec, the usage and the rotation of a key in its one resource', () => {
    const requests = [
      { name: 'CreateKey', input: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', MultiRegion: true } },
      { name: 'EnableKeyRotation', input: { KeyId: CREATED_KEY, RotationPeriodInDays: 180 } },
    ] as const
    expect(code('terraform', requests)).toContain(`resource "aws_kms_key" "this" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
  multi_region             = true
  enable_key_rotation      = true
  rotation_period_in_days  = 180
}`)
  })

  it.each([
    ['imported material', 'CreateKey', { Origin: 'EXTERNAL' }, 'resource "aws_kms_external_key" "this"'],
    [
      'a replica',
      'ReplicateKey',
      { KeyId: 'mrk-a', ReplicaRegion: 'us-east-1' },
      'resource "aws_kms_replica_key" "this"',
    ],
    [
      'a grant',
      'CreateGrant',
      STEPS.find(([name]) => name === 'CreateGrant')?.[1](NOTHING_YET) ?? {},
      'encryption_context_subset = {',
    ],
    ['a ciphertext', 'Encrypt', { KeyId: 'alias/a', Plaintext: '' }, 'resource "aws_kms_ciphertext" "this"'],
  ] as const)('has %s', (_, name, input, expected) => {
    expect(code('terraform', [{ name, input }])).toContain(expected)
  })

  it('says what it cannot do', () => {
    const [snippet] = snippetsFor([{ name: 'RotateKeyOnDemand', input: { KeyId: 'a' } }], place).filter(
      ({ id }) => id === 'terraform',
    )
    expect(snippet?.note).toBe('Terraform has no resource for RotateKeyOnDemand.')
  })
})

describe('Go and Java', () => {
  const grant = [
    {
      name: 'CreateGrant',
      input: {
        KeyId: 'a',
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextEquals: { a: 'b' } },
        DryRun: true,
      },
    },
  ] as const
  it('give structures, lists and enumerations their types', () => {
    expect(code('go', grant)).toContain('Operations: []types.GrantOperation{"Decrypt"}')
    expect(code('go', grant)).toContain(
      'Constraints: &types.GrantConstraints{EncryptionContextEquals: map[string]string{"a": "b"}}',
    )
    expect(code('go', grant)).toContain('DryRun: aws.Bool(true)')
    expect(code('java', grant)).toContain('.operationsWithStrings(List.of("Decrypt"))')
    expect(code('java', grant)).toContain(
      '.constraints(GrantConstraints.builder().encryptionContextEquals(Map.of("a", "b")).build())',
    )
  })
  it('hand the new key from one call to the next', () => {
    expect(code('go')).toContain('TargetKeyId: created.KeyMetadata.KeyId')
    expect(code('java')).toContain('.targetKeyId(keyId)')
  })
})

describe('requests of IAM and STS', () => {
  const user = [
    { name: 'CreateUser', input: { UserName: 'liam', Tags: [{ Key: 'team', Value: "it's" }] } },
    { name: 'AddUserToGroup', input: { UserName: 'liam', GroupName: 'payments' } },
    {
      name: 'CreateLoginProfile',
      input: { UserName: 'liam', Password: 'hunter2', PasswordResetRequired: true },
    },
  ] as const
  const trust = { Version: '2012-10-17', Statement: [] }

  it('are commands of the AWS CLI', () => {
    expect(code('cli', user)).toMatchInlineSnapshot(`
      "aws iam create-user \\
        --user-name liam \\
        --tags '[{"Key":"team","Value":"it'\\''s"}]' \\
        --region eu-west-1 \\
        --endpoint-url http://127.0.0.1:4566

      aws iam add-user-to-group \\
        --user-name liam \\
        --group-name payments \\
        --region eu-west-1 \\
        --endpoint-url http://127.0.0.1:4566

      aws iam create-login-profile \\
        --user-name liam \\
        --password '<password>' \\
        --password-reset-required \\
        --region eu-west-1 \\
        --endpoint-url http://127.0.0.1:4566"
    `)
  })
  it.each([
    ['python', 'iam = boto3.client("iam"'],
    ['python', 'iam.add_user_to_group('],
    ['javascript', "from '@aws-sdk/client-iam'"],
    ['javascript', 'const iam = new IAMClient('],
    ['go', 'iam.NewFromConfig(settings, func(options *iam.Options)'],
    ['go', 'Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("it\'s")}},'],
    ['go', 'PasswordResetRequired: true'],
    ['java', 'IamClient iam = IamClient.builder()'],
    ['java', 'import software.amazon.awssdk.services.iam.model.Tag;'],
    ['terraform', 'resource "aws_iam_user" "this"'],
    ['terraform', 'resource "aws_iam_user_group_membership" "this"'],
    ['curl', '--aws-sigv4 aws:amz:us-east-1:iam'],
    ['curl', '--data-urlencode Tags.member.1.Key=team'],
    ['curl', '--data-urlencode Action=AddUserToGroup'],
  ])('are code: %s has %s', (id, expected) => {
    expect(code(id, user)).toContain(expected)
  })
  it('never repeat a password', () => {
    for (const snippet of snippetsFor(user, place)) expect(snippet.code).not.toContain('hunter2')
    expect(code('cli', user)).toContain("--password '<password>'")
    expect(code('curl', user)).toContain("'Password=<password>'")
  })
  it('have the names that AWS has, where Keyhouse has another operation of the name', () => {
    const version = [
      {
        name: 'GetManagedPolicyVersion',
        input: { PolicyArn: 'arn:aws:iam::111122223333:policy/a', VersionId: 'v1' },
      },
    ] as const
    expect(code('cli', version)).toMatch(/^aws iam get-policy-version /)
    expect(code('javascript', version)).toContain('GetPolicyVersionCommand')
  })
  it('switch to a role', () => {
    const switching = [
      {
        name: 'AssumeRole',
        input: { RoleArn: 'arn:aws:iam::111122223333:role/ops', RoleSessionName: 'liam' },
      },
    ] as const
    expect(code('cli', switching)).toMatch(/^aws sts assume-role /)
    expect(code('curl', switching)).toContain('Version=2011-06-15')
  })
  it.each([
    [
      'a role',
      'CreateRole',
      { RoleName: 'a', AssumeRolePolicyDocument: JSON.stringify(trust) },
      'assume_role_policy = ',
    ],
    [
      'a policy',
      'CreatePolicy',
      { PolicyName: 'a', PolicyDocument: '{}' },
      'resource "aws_iam_policy" "this"',
    ],
    [
      'a new trust policy',
      'UpdateAssumeRolePolicy',
      { RoleName: 'a', PolicyDocument: '{}' },
      'to = aws_iam_role.this',
    ],
    ['an access key', 'CreateAccessKey', { UserName: 'a' }, 'resource "aws_iam_access_key" "this"'],
  ] as const)('Terraform has %s', (_, name, input, expected) => {
    expect(code('terraform', [{ name, input }])).toContain(expected)
  })
})
