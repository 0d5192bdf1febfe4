import { describe, expect, it } from 'vitest'
import { begun, isEdited, presetOf } from './draft.ts'

describe('a preset of the wizard', () => {
  it.each([
    ['external material', 'external', { origin: 'EXTERNAL', multiRegion: false }],
    ['a multi-Region key', 'multi-region', { origin: 'AWS_KMS', multiRegion: true }],
    ['nothing', null, { origin: 'AWS_KMS', multiRegion: false }],
    ['what it does not know', 'toString', { origin: 'AWS_KMS', multiRegion: false }],
  ])('can be %s', (_, asked, chosen) => {
    expect(begun(presetOf(asked))).toMatchObject(chosen)
  })

  it('is no work of the person, and taking it back is', () => {
    const draft = begun('multi-region')
    expect(isEdited({ ...draft, visited: ['configure', 'labels'] })).toBe(false)
    expect(isEdited({ ...draft, multiRegion: false })).toBe(true)
  })
})
