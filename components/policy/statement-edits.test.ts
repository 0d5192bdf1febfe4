import { describe, expect, it } from 'vitest'
import {
  addPrincipal,
  addStatement,
  duplicateStatement,
  fixed,
  formatted,
  moveStatement,
  removePrincipal,
  removeStatement,
} from './statement-edits.ts'
import { statementsOf } from './statement-nodes.ts'

const A =
  '{ "Sid": "A", "Effect": "Allow", "Principal": { "AWS": "arn:a" }, "Action": "kms:*", "Resource": "*" }'
const B = '{"Sid":"B","Principal":{"AWS":[ "arn:b" , "arn:c" ]}}'
const two = `{
  "Version" : "2012-10-17",
  "Statement" : [
    ${A},
    ${B}
  ]
}`

describe('an edit of a policy', () => {
  it.each([
    ['takes the first statement out with its comma', removeStatement(two, 0), two.replace(`${A},\n    `, '')],
    [
      'takes the last statement out with the comma before it',
      removeStatement(two, 1),
      two.replace(`,\n    ${B}`, ''),
    ],
    [
      'lets two statements change places',
      moveStatement(two, 0, 1),
      two.replace(`${A},\n    ${B}`, `${B},\n    ${A}`),
    ],
    ['moves nothing beyond the beginning', moveStatement(two, 0, -1), two],
    ['moves nothing beyond the end', moveStatement(two, 1, 1), two],
    [
      'adds a principal to a list, laid out as the list is',
      addPrincipal(two, 1, 'arn:d'),
      two.replace('"arn:c"', '"arn:c", "arn:d"'),
    ],
    [
      'makes a list of one principal',
      addPrincipal(two, 0, 'arn:d'),
      two.replace('"arn:a"', '["arn:a", "arn:d"]'),
    ],
    ['takes a principal out of a list', removePrincipal(two, 1, 'arn:b'), two.replace('"arn:b" , ', '')],
    ['takes the last of a list out', removePrincipal(two, 1, 'arn:c'), two.replace(' , "arn:c"', '')],
    ['never takes the only principal out', removePrincipal(two, 0, 'arn:a'), two],
    [
      'leaves everyone as everyone',
      addPrincipal('{"Statement":[{"Principal":"*"}]}', 0, 'arn:d'),
      '{"Statement":[{"Principal":"*"}]}',
    ],
    [
      'puts a copy after a statement, under another Sid',
      duplicateStatement(two, 0),
      two.replace(A, `${A},\n    ${A.replace('"A"', '"ACopy"')}`),
    ],
    [
      'takes out the statement that stands without a list',
      removeStatement(`{"Statement":${A}}`, 0),
      '{"Statement":[]}',
    ],
    [
      'adds to a statement that stands without a list',
      addStatement('{"Statement":{"Sid":"A"}}', { Sid: 'B' }),
      '{"Statement":[{"Sid":"A"}, {"Sid":"B"}]}',
    ],
    ['adds to an empty list', addStatement('{"Statement":[]}', { Sid: 'B' }), '{"Statement":[{"Sid":"B"}]}'],
    [
      'keeps the order of members when it lays a text out',
      formatted('{"Version":"1","Id":"x"}'),
      '{\n  "Version": "1",\n  "Id": "x"\n}',
    ],
    [
      'applies every edit of a fix at its own place',
      fixed('abcdef', [
        { From: 0, To: 1, Text: 'X' },
        { From: 4, To: 6, Text: '' },
      ]),
      'Xbcd',
    ],
  ])('%s', (_, got, wanted) => {
    expect(got).toBe(wanted)
  })

  it('adds a statement indented as the others are', () => {
    expect(addStatement(two, { Sid: 'C', Effect: 'Deny' })).toBe(
      two.replace(B, `${B},\n    {\n      "Sid": "C",\n      "Effect": "Deny"\n    }`),
    )
  })

  it('adds a statement to AWS’s own layout, over several lines', () => {
    const aws = '{\n  "Statement" : [ {\n    "Sid" : "A"\n  } ]\n}'
    expect(addStatement(aws, { Sid: 'B' })).toBe(
      '{\n  "Statement" : [ {\n    "Sid" : "A"\n  }, {\n    "Sid": "B"\n  } ]\n}',
    )
  })

  it('makes a policy of nothing', () => {
    expect(JSON.parse(addStatement('', { Sid: 'C' }))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'C' }],
    })
  })
})

describe('an outline', () => {
  it.each([
    [
      'of a whole policy',
      two,
      [
        ['A', 1, 4],
        ['B', 2, 5],
      ],
    ],
    [
      'of a policy whose last bracket is missing',
      two.slice(0, -4),
      [
        ['A', 1, 4],
        ['B', 2, 5],
      ],
    ],
    ['of a statement without a list', '{"Statement":{"Sid":"A","Principal":"*"}}', [['A', 1, 1]]],
    ['of no policy', 'nothing', []],
  ] as const)('%s', (_, text, wanted) => {
    expect(statementsOf(text).map(({ sid, principals, line }) => [sid, principals, line])).toEqual(wanted)
  })
})
