import { describe, expect, it } from 'vitest'
import { EMPTY_REPLICATION, replicaRequests, replicationSnippets } from './replication.ts'

const KEY = 'mrk-0123456789abcdef0123456789abcdef'

describe('what a replication asks for', () => {
  it('is nothing until a Region is chosen', () => {
    expect(replicaRequests(EMPTY_REPLICATION, '{}')).toEqual([])
  })

  it('is one request a Region, without what was left empty', () => {
    const draft = {
      ...EMPTY_REPLICATION,
      regions: { 'us-east-1': '', 'eu-central-1': ' alias/pay ' },
      tags: [{ key: '', value: '' }],
    }
    expect(replicaRequests(draft, '{"a":1}')).toEqual([
      { to: 'us-east-1', description: undefined, policy: undefined, tags: [], alias: undefined },
      { to: 'eu-central-1', description: undefined, policy: undefined, tags: [], alias: 'alias/pay' },
    ])
  })

  it('copies the policy only when told to', () => {
    const draft = { ...EMPTY_REPLICATION, regions: { 'us-east-1': '' }, policy: 'copy' as const }
    expect(replicaRequests(draft, '{"a":1}')[0]?.policy).toBe('{"a":1}')
  })
})

it('shows each call in the Region where it is made', () => {
  const requests = replicaRequests({ ...EMPTY_REPLICATION, regions: { 'us-east-1': 'pay' } }, undefined)
  const place = { endpoint: 'http://127.0.0.1:4566', region: 'eu-west-1', key: KEY }
  const cli = replicationSnippets(requests, place).find(({ id }) => id === 'cli')?.code ?? ''
  const [replicate, alias] = cli.split('\n\n')
  expect(replicate).toContain('replicate-key')
  expect(replicate).toContain('--replica-region us-east-1')
  expect(replicate).toContain('--region eu-west-1')
  expect(alias).toContain('create-alias')
  expect(alias).toContain('--region us-east-1')
})
