import { describe, expect, it } from 'vitest'
import type { Material } from '#components/keys/materials.ts'
import { descriptionFault, firstTerms, newMaterialFault, readUntil } from './upload-terms.ts'

const here: Material = { id: 'a', state: 'CURRENT', type: 'INITIAL', from: 1, importState: 'IMPORTED' }
const gone: Material = { ...here, importState: 'PENDING_IMPORT' }
const waiting: Material = { id: 'b', state: 'PENDING_ROTATION', type: 'INITIAL', importState: 'IMPORTED' }
const known = { replica: false, asked: undefined }

describe('an upload begins as', () => {
  it.each([
    ['new material, where none was', { ...known, materials: [] }, 'NEW_KEY_MATERIAL'],
    ['new material, where all is here', { ...known, materials: [here] }, 'NEW_KEY_MATERIAL'],
    ['the same again, where bytes are missing', { ...known, materials: [gone] }, 'EXISTING_KEY_MATERIAL'],
    [
      'the same again, where a row asked for it',
      { ...known, materials: [here], asked: 'a' },
      'EXISTING_KEY_MATERIAL',
    ],
    ['the same again, in a replica', { ...known, materials: [here], replica: true }, 'EXISTING_KEY_MATERIAL'],
    [
      'the same again, while another waits',
      { ...known, materials: [here, waiting] },
      'EXISTING_KEY_MATERIAL',
    ],
  ])('%s', (_, given, type) => {
    expect(firstTerms(given).type).toBe(type)
  })

  it('and says why nothing new can come', () => {
    expect(newMaterialFault({ ...known, materials: [here, waiting] })).toContain('pending rotation')
    expect(newMaterialFault({ ...known, materials: [here] })).toBeUndefined()
  })
})

describe('the end of material', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  const terms = { ...firstTerms({ ...known, materials: [] }), expires: true }
  it.each([
    ['a date within the year', '2026-12-24T12:00', { at: 1_798_113_600 }],
    ['now', '2026-11-24T12:00', { fault: 'The end must be in the future.' }],
    ['more than 365 days', '2027-11-25T12:00', { fault: 'The end is at most 365 days away.' }],
    ['nothing', '', { fault: 'Enter the date and the time, in UTC.' }],
  ])('%s', (_, until, read) => {
    expect(readUntil({ ...terms, until }, now)).toEqual(read)
  })

  it('is none when it does not expire', () => {
    expect(readUntil({ ...terms, expires: false, until: 'x' }, now)).toEqual({})
  })
})

it('a description is plain text of 256 characters', () => {
  expect(descriptionFault('from the HSM: slot 4')).toBeUndefined()
  expect(descriptionFault('naïve')).toBe('Use letters, digits, spaces and : / _ . - only.')
  expect(descriptionFault('a'.repeat(257))).toContain('256')
})
