import { describe, expect, it } from 'vitest'
import { CONDITION_OPERATORS, parseOperator } from './condition-operators.ts'
import { defaultKeyPolicy } from './default-policy.ts'
import { lintPositions, readPolicy } from './policy-grammar.ts'

/** What the editor underlines, as [text, sentence]. */
const lint = (text: string, kind?: 'key' | 'identity') =>
  lintPositions(text, kind).map(({ message, from, to }) => [text.slice(from, to), message])

const statement = (inside: string) => `{"Version":"2012-10-17","Statement":[{${inside}}]}`
const rest = '"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"'

describe('the editor is told', () => {
  it('nothing about a policy that is right', () => {
    expect(lint(defaultKeyPolicy('aws', '111122223333'))).toEqual([])
  })

  it.each([
    ['a missing comma', '{"Version":"2012-10-17" "Statement":[]}', '"', 'Unexpected character.'],
    ['a text that ends early', '{"Statement":[', '', 'Unexpected end.'],
    ['a duplicate member', statement(`${rest},"Effect":"Deny"`), '"Effect"', 'Duplicate member.'],
    ['a list in place of a policy', '[]', '[]', 'A policy must be an object.'],
    [
      'a bad Version',
      '{"Version":"1","Statement":{}}',
      '"1"',
      'Version must be "2012-10-17" or "2008-10-17".',
    ],
    [
      'an unknown element of the policy',
      '{"Foo":1,"Statement":{}}',
      '"Foo"',
      '"Foo" is not an element of a policy.',
    ],
    ['an unknown element', statement(`${rest},"Foo":1`), '"Foo"', '"Foo" is not an element of a statement.'],
    [
      'a missing Effect',
      statement('"Principal":"*","Action":"kms:*","Resource":"*"'),
      '{"Principal":"*","Action":"kms:*","Resource":"*"}',
      'Effect is missing.',
    ],
    [
      'a bad Effect',
      statement('"Effect":"Permit","Principal":"*","Action":"kms:*","Resource":"*"'),
      '"Permit"',
      'Effect must be "Allow" or "Deny".',
    ],
    [
      'a missing Principal',
      statement('"Effect":"Deny","Action":"kms:*","Resource":"*"'),
      '{"Effect":"Deny","Action":"kms:*","Resource":"*"}',
      'Principal is missing.',
    ],
    [
      'a missing Action',
      statement('"Effect":"Deny","Principal":"*","Resource":"*"'),
      '{"Effect":"Deny","Principal":"*","Resource":"*"}',
      'Action is missing.',
    ],
    [
      'a missing Resource',
      statement('"Effect":"Deny","Principal":"*","Action":"*"'),
      '{"Effect":"Deny","Principal":"*","Action":"*"}',
      'Resource is missing.',
    ],
    [
      'two of a pair',
      statement(`${rest},"NotAction":"kms:Sign"`),
      '"NotAction"',
      'A statement has Action or NotAction, not both.',
    ],
    [
      'one bad action of several',
      statement('"Effect":"Deny","Principal":"*","Resource":"*","Action":["kms:Sign","Sign"]'),
      '"Sign"',
      '"Sign" must be a service and an action, such as kms:Decrypt.',
    ],
    [
      'a principal that is none',
      statement('"Effect":"Deny","Principal":{"AWS":["*","bob"]},"Action":"*","Resource":"*"'),
      '"bob"',
      '"bob" is not a principal.',
    ],
    [
      'a kind of principal that is none',
      statement('"Effect":"Deny","Principal":{"User":"bob"},"Action":"*","Resource":"*"'),
      '"User"',
      '"User" is not a kind of principal.',
    ],
    [
      'a bad operator',
      statement(`${rest},"Condition":{"StringIs":{"kms:X":"y"}}`),
      '"StringIs"',
      '"StringIs" is not an operator.',
    ],
    [
      'a value of the wrong type',
      statement(`${rest},"Condition":{"NumericEquals":{"kms:X":[1,"y"]}}`),
      '"y"',
      'NumericEquals compares with a number.',
    ],
    [
      'a condition key without a prefix',
      statement(`${rest},"Condition":{"Bool":{"X":true}}`),
      '"X"',
      '"X" is not a condition key.',
    ],
    [
      'a key that only identity policies may use',
      statement(`${rest},"Condition":{"StringEquals":{"aws:ResourceTag/a":"b"}}`),
      '"aws:ResourceTag/a"',
      'aws:ResourceTag/a is not permitted in a key policy.',
    ],
  ])('%s', (_, text, marked, message) => {
    expect(lint(text)).toContainEqual([marked, message])
  })

  it('that an identity policy names no principal', () => {
    expect(lint(statement(rest), 'identity')).toEqual([
      ['"Principal"', 'An identity policy names no principal.'],
    ])
  })
})

describe('reading', () => {
  it('gives statements whose shape is certain', () => {
    const { statements, variables, id, readable } = readPolicy(defaultKeyPolicy('aws', '111122223333'), 'key')
    expect({ variables, id, readable }).toEqual({ variables: true, id: 'key-default-1', readable: true })
    expect(statements).toEqual([
      {
        index: 0,
        sid: 'Enable IAM User Permissions',
        effect: 'Allow',
        principal: { negated: false, names: [{ type: 'AWS', value: 'arn:aws:iam::111122223333:root' }] },
        action: { negated: false, values: ['kms:*'] },
        resource: { negated: false, values: ['*'] },
        conditions: [],
      },
    ])
  })
})

describe('operators', () => {
  it.each(Object.keys(CONDITION_OPERATORS).filter((name) => name !== 'Null'))(
    '%s with sets and IfExists',
    (name) => {
      expect(parseOperator(name)).toMatchObject({ name, set: null, ifExists: false })
      expect(parseOperator(`ForAllValues:${name}IfExists`)).toMatchObject({
        name,
        set: 'all',
        ifExists: true,
      })
      expect(parseOperator(`ForAnyValue:${name}`)).toMatchObject({ name, set: 'any', ifExists: false })
    },
  )

  it.each([
    'constructor',
    '__proto__',
    'stringEquals',
    'NullIfExists',
    'ForAnyValue:Null',
    'ForAllValues:',
    'BoolNot',
    '',
  ])('no operator: %s', (name) => {
    expect(parseOperator(name)).toBeUndefined()
  })
})
