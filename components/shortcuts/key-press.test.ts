import { describe, expect, it } from 'vitest'
import { isSingleKey, keyCaps, pressName } from './key-press.ts'

const press = (key: string, held: readonly string[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
})

describe('a press', () => {
  it.each([
    ['of a letter', press('x'), 'x'],
    ['of a letter with Shift', press('X', ['shift']), 'Shift+x'],
    ['of a letter with the Caps Lock on', press('X'), 'x'],
    ['of a sign that needs Shift', press('?', ['shift']), '?'],
    ['with Ctrl', press('k', ['ctrl']), 'Mod+k'],
    ['with ⌘', press('k', ['meta']), 'Mod+k'],
    ['of Enter with Ctrl', press('Enter', ['ctrl']), 'Mod+Enter'],
    ['of an arrow', press('ArrowDown'), 'ArrowDown'],
    ['with Alt, which types letters in many languages', press('x', ['alt']), undefined],
  ])('%s', (_, pressed, name) => {
    expect(pressName(pressed)).toBe(name)
  })
})

it.each([
  ['x', true],
  ['Shift+x', true],
  ['g k', true],
  ['?', true],
  ['Mod+k', false],
  ['ArrowDown', false],
  ['Escape', false],
])('%s is a single character: %s', (keys, single) => {
  expect(isSingleKey(keys)).toBe(single)
})

it('says what stands on the keys', () => {
  expect(keyCaps('Mod+k', false)).toEqual(['Ctrl', 'k'])
  expect(keyCaps('Mod+k', true)).toEqual(['⌘', 'k'])
  expect(keyCaps('g k', false)).toEqual(['g', 'k'])
})
