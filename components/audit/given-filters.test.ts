import { describe, expect, it } from 'vitest'
import { parseFilter } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import { FILTER_HELP } from './filter-help.ts'
import { givenFilters } from './given-filters.ts'
import { boundsOf } from './range.ts'

const at = new Date('2026-12-22T14:07:31.204Z')
const given = givenFilters('111122223333', at)

describe('filters that everybody has', () => {
  it.each([...given, ...FILTER_HELP].map(({ filter }) => [filter]))('%s can be read', (filter) => {
    expect(parseFilter(filter, AUDIT_FIELDS).faults).toEqual([])
  })

  it('look for text in whole records over a day at most', () => {
    const quoting = given.filter(({ filter }) => / "/.test(filter))
    expect(quoting.map(({ name }) => name)).toEqual(['Use of a key pending deletion'])
    expect(quoting.map(({ range }) => range?.last)).toEqual(['24h'])
  })

  it('count today from midnight, in UTC', () => {
    const range = given.find(({ name }) => name === 'Denied today')?.range
    expect(range && boundsOf(range, at)).toEqual({ from: new Date('2026-12-22T00:00:00Z'), to: null })
  })
})
