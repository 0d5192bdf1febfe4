import { describe, expect, it } from 'vitest'
import { nameFault, readSaved, type SavedFilter, standingOf, withSaved } from './saved-filters.ts'

const OFF: SavedFilter = { name: 'Off', filter: 'state:Disabled' }
const PAY: SavedFilter = { name: 'Payments', filter: 'tag:team=pay' }
const ALL = [OFF, PAY]

it.each([
  ['nothing', null, []],
  ['no JSON', '[', []],
  ['something else', '{}', []],
  ['filters among other things', JSON.stringify([OFF, 1, null, { name: 'x' }]), [OFF]],
])('reads what a browser kept: %s', (_, text, expected) => {
  expect(readSaved(text)).toEqual(expected)
})

it('keeps them by name, each name once', () => {
  const changed = { name: 'Payments', filter: 'tag:team=pay state:Enabled' }
  expect(withSaved(withSaved([PAY], OFF), changed)).toEqual([OFF, changed])
})

it.each([
  ['a new name', 'Mine', undefined],
  ['no name', '  ', 'Give the filter a name.'],
  ['a name that is taken', ' Off ', 'There is a filter of this name.'],
])('takes %s', (_, name, fault) => {
  expect(nameFault(ALL, name)).toBe(fault)
})

it('takes only so many', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ name: `${index}`, filter: 'a' }))
  expect(nameFault(many, 'new')).toMatch(/^At most 50/)
})

describe('the filter in force', () => {
  it.each([
    ['none', '', 'Off', { active: undefined, edited: false }],
    ['a saved one', 'state:Disabled', 'Off', { active: OFF, edited: false }],
    ['a saved one that nobody chose', 'state:Disabled', undefined, { active: OFF, edited: false }],
    ['a saved one, changed', 'state:Enabled', 'Off', { active: OFF, edited: true }],
    ['another than the chosen one', 'tag:team=pay', 'Off', { active: OFF, edited: true }],
    ['one of its own', 'state:Enabled', undefined, { active: undefined, edited: false }],
    ['that of a name that is gone', 'state:Enabled', 'Gone', { active: undefined, edited: false }],
  ])('is %s', (_, filter, chosen, expected) => {
    expect(standingOf(ALL, filter, chosen)).toEqual(expected)
  })
})
