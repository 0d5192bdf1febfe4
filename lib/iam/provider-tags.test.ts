import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letUser, newUser } from '#lib/testing/iam.ts'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const tag = (Key: string, Value: string) => ({ Key, Value })
const nameOf = (host: string) => ({
  OpenIDConnectProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`,
})
const make = (host: string, ...Tags: object[]) =>
  admin().call('CreateOpenIDConnectProvider', { Url: `https://${host}`, Tags })
const tagsOf = async (host: string) =>
  (await admin().call('GetOpenIDConnectProvider', nameOf(host))).Tags as object[]

describe('tags of an identity provider', () => {
  it('come with it, are changed and taken away, and are listed by key', async () => {
    await make('a.example', tag('team', 'one'), tag('cost', '1'))
    expect(await tagsOf('a.example')).toEqual([tag('cost', '1'), tag('team', 'one')])
    // IAM's keys do not differ by case.
    const Tags = [tag('TEAM', 'two'), tag('b', '')]
    await admin().call('TagOpenIDConnectProvider', { ...nameOf('a.example'), Tags })
    await admin().call('UntagOpenIDConnectProvider', { ...nameOf('a.example'), TagKeys: ['cost', 'none'] })
    expect(await tagsOf('a.example')).toEqual([tag('TEAM', 'two'), tag('b', '')])
    const page = await admin().call('ListOpenIDConnectProviderTags', { ...nameOf('a.example'), MaxItems: 1 })
    expect(page).toMatchObject({ Tags: [tag('TEAM', 'two')], IsTruncated: true })
    const rest = { ...nameOf('a.example'), Marker: page.Marker }
    expect((await admin().call('ListOpenIDConnectProviderTags', rest)).Tags).toEqual([tag('b', '')])
  })

  it('are as many as AWS allows, and none of AWS’s own', async () => {
    const many = Array.from({ length: 50 }, (_, i) => tag(`k${i}`, 'v'))
    await make('b.example', ...many)
    const more = { ...nameOf('b.example'), Tags: [tag('one-more', 'v')] }
    expect((await admin().refusal('TagOpenIDConnectProvider', more)).code).toBe('LimitExceeded')
    const reserved = { ...nameOf('b.example'), Tags: [tag('aws:a', 'v')] }
    expect((await admin().refusal('TagOpenIDConnectProvider', reserved)).code).toBe('InvalidInput')
  })

  it('must be permitted where they are given at once, and permit', async () => {
    const maker = await newUser(world, 'maker')
    await letUser(world, 'maker', 'iam:CreateOpenIDConnectProvider')
    const input = { Url: 'https://c.example', Tags: [tag('team', 'x')] }
    expect((await maker.refusal('CreateOpenIDConnectProvider', input)).message).toContain(
      'is not authorized to perform: iam:TagOpenIDConnectProvider',
    )
    await make('c.example', tag('team', 'x'))
    const Statement = {
      ...{ Effect: 'Allow', Action: 'iam:DeleteOpenIDConnectProvider', Resource: '*' },
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'x' } },
    }
    await admin().call('PutUserPolicy', {
      ...{ UserName: 'maker', PolicyName: 'own' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    })
    expect((await maker.refusal('DeleteOpenIDConnectProvider', nameOf('b.example'))).code).toBe(
      'AccessDeniedException',
    )
    expect(await maker.call('DeleteOpenIDConnectProvider', nameOf('c.example'))).toEqual({})
  })
})
