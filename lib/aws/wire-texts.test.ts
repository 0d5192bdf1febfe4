import { describe, expect, it } from 'vitest'
import { FAULT, KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'
import { addressGroup } from './attempts.ts'
import { encodeJson } from './encode.ts'
import { refusalAnswer } from './errors.ts'
import { readJsonInput } from './json.ts'
import { readQuery } from './query.ts'
import { IAM, STS } from './services.ts'
import { xmlRefusal, xmlResult } from './xml.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof KmsError ? error.code : `no refusal: ${error}`
  }
  return 'nothing thrown'
}

describe('JSON in', () => {
  it.each([
    ['nothing at all', '', {}],
    ['an object', '{"a":[1,true,"x"]}', { a: [1, true, 'x'] }],
    ['null members, which are absent', '{"a":null,"b":{"c":null,"d":[{"e":null}]}}', { b: { d: [{}] } }],
    ['null in a list, which is a value', '{"a":[null]}', { a: [null] }],
  ])('reads %s', (_, text, value) => {
    expect(JSON.parse(JSON.stringify(readJsonInput(bytes(text), 2_000)))).toEqual(value)
  })

  it.each([
    ['half an object', bytes('{"a":')],
    ['a list', bytes('[]')],
    ['null', bytes('null')],
    ['a member twice', bytes('{"Effect":"Deny","Effect":"Allow"}')],
    ['__proto__', bytes('{"__proto__":{"a":1}}')],
    ['a byte that is not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['a byte order mark', bytes('\ufeff{}')],
    ['a lone surrogate', bytes('{"a":"\\ud800"}')],
    ['NUL', bytes('{"a":"\\u0000"}')],
    ['17 levels', bytes(`{"a":${'['.repeat(16)}${']'.repeat(16)}}`)],
    ['a bomb of brackets', bytes('['.repeat(128 * 1024))],
    ['2,001 values', bytes(`{"a":[${'1,'.repeat(2_000)}1]}`)],
  ])('refuses %s at once', (_, body) => {
    const started = performance.now()
    expect(codeOf(() => readJsonInput(body, 2_000))).toBe('SerializationException')
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('JSON out', () => {
  it.each([
    ['bytes in base64', { a: Uint8Array.of(1, 2, 255) }, '{"a":"AQL/"}'],
    ['a part of a larger buffer', { a: Buffer.from('xabcx').subarray(1, 4) }, '{"a":"YWJj"}'],
    [
      'times in seconds',
      { a: new Date(1_470_164_400_123), b: [new Date(0)] },
      '{"a":1470164400.123,"b":[0]}',
    ],
    ['nothing for what is undefined', { a: undefined, b: { c: undefined } }, '{"b":{}}'],
    ['nothing for no output', undefined, ''],
    ['an empty output', {}, '{}'],
  ])('writes %s', (_, output, text) => {
    expect(encodeJson(output)).toBe(text)
  })
})

describe('refusals as JSON', () => {
  const answer = (code: KmsErrorCode, message?: string) => {
    const { status, body } = refusalAnswer(
      new KmsError(code, message, { detail: 'operator only' }),
      undefined,
      'id',
    )
    return [status, body]
  }
  it.each([
    ['NotFoundException', 'x', 400, '{"__type":"NotFoundException","message":"x"}'],
    ['AccessDeniedException', 'x', 400, '{"__type":"AccessDeniedException","Message":"x"}'],
    ['UnsupportedOperationException', 'x', 400, '{"__type":"UnsupportedOperationException","Message":"x"}'],
    ['UnsupportedOperationException', '', 400, '{"__type":"UnsupportedOperationException"}'],
    ['InvalidCiphertextException', 'why', 400, '{"__type":"InvalidCiphertextException"}'],
    ['RequestEntityTooLargeException', 'x', 413, '{"__type":"RequestEntityTooLargeException","message":"x"}'],
    ['KeyUnavailableException', 'x', 500, '{"__type":"KeyUnavailableException","message":"x"}'],
    ['DependencyTimeoutException', 'x', 503, '{"__type":"DependencyTimeoutException","message":"x"}'],
  ] as const)('%s "%s" is %s', (code, message, status, body) => {
    expect(answer(code, message)).toEqual([status, body])
  })

  it('never carry what is for the operator, in either protocol', () => {
    for (const code of Object.keys(FAULT) as KmsErrorCode[]) {
      const refusal = new KmsError(code, 'x', { detail: 'operator only' })
      for (const dialect of [undefined, STS, IAM]) {
        const { status, body } = refusalAnswer(refusal, dialect, 'id')
        expect(body).not.toContain('operator only')
        expect(status < 500).toBe(FAULT[code] === 'caller')
      }
    }
  })
})

describe('forms in', () => {
  it.each([
    [
      'an action',
      'Action=GetCallerIdentity&Version=2011-06-15',
      { action: 'GetCallerIdentity', version: '2011-06-15', input: {} },
    ],
    [
      'values',
      'Action=A&RoleArn=arn%3Aaws%3A%3A&Name=a+b%20c',
      { action: 'A', version: '', input: { RoleArn: 'arn:aws::', Name: 'a b c' } },
    ],
    [
      'lists in the order of their numbers',
      'Action=A&T.member.2.K=b&T.member.1.K=a&T.member.10.K=c',
      { action: 'A', version: '', input: { T: [{ K: 'a' }, { K: 'b' }, { K: 'c' }] } },
    ],
  ])('reads %s', (_, body, value) => {
    expect(JSON.parse(JSON.stringify(readQuery(bytes(body))))).toEqual(value)
  })

  it.each([
    ['a field twice', 'Action=A&Action=B'],
    ['a broken escape', 'Action=%zz'],
    ['a value that is also a structure', 'a=1&a.b=2'],
    ['a structure that is also a value', 'a.b=2&a=1'],
    ['a list without numbers', 'a.member.x=1'],
    ['nine levels', 'a.b.c.d.e.f.g.h.i=1'],
    ['201 fields', Array.from({ length: 201 }, (_, i) => `f${i}=1`).join('&')],
  ])('refuses %s', (_, body) => {
    expect(codeOf(() => readQuery(bytes(body)))).toBe('SerializationException')
  })

  it('has no prototype to reach', () => {
    expect(Object.getPrototypeOf(readQuery(bytes('__proto__.a=1')).input)).toBeNull()
    expect(Reflect.get({}, 'a')).toBeUndefined()
  })
})

describe('XML out', () => {
  it('writes a result', () => {
    const output = { A: '<&>"\'\n', B: [1, 2], C: { D: new Date('2026-01-01T00:00:00.5Z') }, E: undefined }
    expect(xmlResult({ namespace: STS.namespace, operation: 'Op', output }, 'r')).toBe(
      '<OpResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><OpResult><A>&lt;&amp;&gt;&quot;&apos;&#xA;</A>' +
        '<B><member>1</member><member>2</member></B><C><D>2026-01-01T00:00:00Z</D></C></OpResult>' +
        '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></OpResponse>',
    )
  })

  it('has no result element without output', () => {
    const { namespace } = IAM
    expect(xmlResult({ namespace, operation: 'Op', output: undefined }, 'r')).toBe(
      '<OpResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>r</RequestId>' +
        '</ResponseMetadata></OpResponse>',
    )
  })

  it.each([
    [
      'lists of structures',
      { U: [{ N: 'a' }, { N: 'b' }] },
      '<U><member><N>a</N></member><member><N>b</N></member></U>',
    ],
    ['an empty list', { U: [] }, '<U></U>'],
    ['truth', { T: true, F: false }, '<T>true</T><F>false</F>'],
    ['a map', { S: new Map([['Users', 5]]) }, '<S><entry><key>Users</key><value>5</value></entry></S>'],
    ['nothing of what is undefined', { A: { B: undefined }, C: undefined }, '<A></A>'],
  ])('writes %s', (_, output, inner) => {
    const text = xmlResult({ namespace: IAM.namespace, operation: 'Op', output }, 'r')
    expect(/<OpResult>(.*)<\/OpResult>/.exec(text)?.[1]).toBe(inner)
  })

  it('writes a refusal', () => {
    expect(
      xmlRefusal({ namespace: STS.namespace, type: 'Sender', code: 'X', message: 'a\u0000b' }, 'r'),
    ).toBe(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>X</Code>' +
        '<Message>a\ufffdb</Message></Error><RequestId>r</RequestId></ErrorResponse>',
    )
  })
})

describe('addresses are counted', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('%s as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })
})
