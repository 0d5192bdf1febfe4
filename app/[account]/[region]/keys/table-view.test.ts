import { describe, expect, it } from 'vitest'
import { STANDARD_IDS } from './columns.tsx'
import { columnsOf, keptView, move, STANDARD_VIEW, sharedIds, writeIds } from './table-view.ts'

const labels = (ids: readonly string[]) => columnsOf(ids).map(({ label }) => label)

describe('columns in an address', () => {
  it.each([
    ['in its order', 'spec,state,tag:team', ['Spec', 'State', 'tag:team']],
    ['with what cannot be hidden', 'spec', ['State', 'Spec']],
    ['each once', 'state,spec,spec', ['State', 'Spec']],
    ['without what nobody knows', 'state,colour,tag:', ['State']],
    ['of nothing', '', ['State']],
  ])('are shown %s', (_, text, expected) => {
    expect(labels(sharedIds(text) ?? [])).toEqual(expected)
  })

  it('are left out while they are the usual ones, and come back as they went', () => {
    expect(writeIds(STANDARD_IDS)).toBeNull()
    expect(sharedIds(null)).toBeUndefined()
    const ids = ['state', 'tag:cost center', 'arn']
    expect(sharedIds(writeIds(ids))).toEqual(ids)
  })

  it('are never more than a row can have', () => {
    const many = Array.from({ length: 100 }, (_, index) => `tag:${index}`).join()
    expect(sharedIds(many)).toHaveLength(24)
  })
})

it.each([
  ['nothing', null, STANDARD_VIEW],
  ['no JSON', '{', STANDARD_VIEW],
  ['something else', '"compact"', STANDARD_VIEW],
  ['columns', '{"ids":["state","arn",7]}', { ids: ['state', 'arn'], density: 'comfortable' }],
  ['a density', '{"density":"compact"}', { ids: STANDARD_IDS, density: 'compact' }],
])('reads what a browser kept: %s', (_, text, expected) => {
  expect(keptView(text)).toEqual(expected)
})

it.each([
  ['right', 'a', 1, ['b', 'a', 'c']],
  ['left', 'c', -1, ['a', 'c', 'b']],
  ['left of the first', 'a', -1, ['a', 'b', 'c']],
  ['right of the last', 'c', 1, ['a', 'b', 'c']],
  ['what is not there', 'x', 1, ['a', 'b', 'c']],
] as const)('moves a column %s', (_, id, by, expected) => {
  expect(move(['a', 'b', 'c'], id, by)).toEqual(expected)
})
