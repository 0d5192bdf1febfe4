import { describe, expect, it } from 'vitest'
import { nextOrder, readOrder, searchInput } from './key-search.ts'

describe('the order of the list', () => {
  it.each([
    ['nothing', undefined, { sort: 'alias', descending: false }],
    ['a column', 'lastUsed', { sort: 'lastUsed', descending: false }],
    ['a column, downwards', '-state', { sort: 'state', descending: true }],
    ['a column that is not sorted by', '-colour', { sort: 'alias', descending: false }],
  ])('%s', (_, text, order) => {
    expect(readOrder(text)).toEqual(order)
  })

  it.each([
    ['alias turns round', 'alias', null, '-alias'],
    ['alias comes back', 'alias', '-alias', null],
    ['another column begins downwards', 'lastUsed', null, '-lastUsed'],
    ['then goes upwards', 'lastUsed', '-lastUsed', 'lastUsed'],
    ['then is the default again', 'lastUsed', 'lastUsed', null],
    ['a third column replaces it', 'state', 'lastUsed', '-state'],
  ] as const)('a click: %s', (_, column, now, next) => {
    expect(nextOrder(column, readOrder(now))).toBe(next)
  })
})

it('asks with nothing but what differs from the default', () => {
  expect(searchInput('', readOrder(null))).toEqual({ Limit: 100 })
  expect(searchInput('state:Disabled', readOrder('-lastUsed'))).toEqual({
    Filter: 'state:Disabled',
    Sort: 'lastUsed',
    Order: 'descending',
    Limit: 100,
  })
})
