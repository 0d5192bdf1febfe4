import { describe, expect, it } from 'vitest'
import { addressOf, idsInAddress, movedId, sensibleIds, viewKept } from './list-view.ts'

const COLUMNS = [
  { id: 'time', label: 'Time', shown: 'always' },
  { id: 'event', label: 'Event', shown: 'always' },
  { id: 'key', label: 'Key', shown: true },
  { id: 'region', label: 'Region', shown: false },
] as const
const STANDARD = ['time', 'event', 'key']

it.each([
  ['keeps an order', ['key', 'time', 'event'], ['key', 'time', 'event']],
  ['puts back what cannot be hidden', ['time', 'region'], ['time', 'event', 'region']],
  ['puts it first where nothing stands before', ['region'], ['time', 'event', 'region']],
  ['leaves out what there is not, and what stands twice', ['time', 'event', 'no', 'key', 'key'], STANDARD],
])('%s', (_, ids, expected) => {
  expect(sensibleIds(COLUMNS, ids)).toEqual(expected)
})

describe('the address', () => {
  it('says nothing of the usual columns', () => {
    expect(addressOf(COLUMNS, STANDARD)).toBeNull()
    expect(idsInAddress(COLUMNS, null)).toBeUndefined()
  })
  it('is read as it is written', () => {
    const ids = ['time', 'event', 'region']
    expect(idsInAddress(COLUMNS, addressOf(COLUMNS, ids))).toEqual(ids)
  })
})

it.each([
  ['nothing', null, { ids: STANDARD, density: 'comfortable' }],
  ['no JSON', '{', { ids: STANDARD, density: 'comfortable' }],
  ['rows that stand close', '{"density":"compact"}', { ids: STANDARD, density: 'compact' }],
  ['fewer columns', '{"ids":["time","event",7]}', { ids: ['time', 'event'], density: 'comfortable' }],
])('reads what a browser kept: %s', (_, text, view) => {
  expect(viewKept(COLUMNS, text)).toEqual(view)
})

it.each([
  ['to the left', 'key', -1, ['time', 'key', 'event']],
  ['no further than the end', 'key', 1, STANDARD],
  ['not when it is not there', 'region', 1, STANDARD],
] as const)('moves a column %s', (_, id, by, expected) => {
  expect(movedId(STANDARD, id, by)).toEqual(expected)
})
