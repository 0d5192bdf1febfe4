import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Our colours for the editor: names quieter than values, nothing of a rainbow. They follow the theme by themselves. */
const theme = EditorView.theme({
  '&': {
    fontSize: '0.8125rem',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    height: '60vh',
    minHeight: '320px',
  },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono), ui-monospace, monospace', lineHeight: '1.25rem' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--text3)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--text) 5%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--ink-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--ink-soft)', outline: '1px solid var(--ink)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--vermilion-soft)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--sunken)',
    border: '1px solid var(--line-strong)',
    color: 'var(--text2)',
  },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--vermilion)' },
  '.cm-lint-marker-error': {
    content: '""',
    width: '8px',
    height: '8px',
    margin: '4px',
    backgroundColor: 'var(--vermilion)',
  },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '2px solid var(--brass-mark)' },
  '.cm-lintRange-info': { backgroundImage: 'none', borderBottom: '2px dotted var(--text3)' },
  // Shape first: a square for errors, a triangle for warnings, a ring for suggestions.
  '.cm-lint-marker-warning': {
    content: '""',
    width: '0',
    height: '0',
    margin: '4px',
    borderLeft: '4.5px solid transparent',
    borderRight: '4.5px solid transparent',
    borderBottom: '8px solid var(--brass-mark)',
  },
  '.cm-lint-marker-info': {
    content: '""',
    width: '8px',
    height: '8px',
    margin: '4px',
    borderRadius: '50%',
    border: '1.5px solid var(--text3)',
  },
  '.cm-deciding': { backgroundColor: 'var(--ink-soft)', boxShadow: 'inset 3px 0 0 var(--ink)' },
  '.cm-meaning': { padding: '4px 8px', maxWidth: '420px', fontFamily: 'var(--font-sans)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
  },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--brass-mark)' },
  '.cm-diagnostic-info': { borderLeft: '3px solid var(--text3)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-diagnostic': { padding: '4px 8px', fontFamily: 'var(--font-sans)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--vermilion)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: 'none',
    fontFamily: 'var(--font-mono), monospace',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', fontFamily: 'var(--font-mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionInfo': { padding: '4px 8px', maxWidth: '320px', fontFamily: 'var(--font-sans)' },
  '.cm-completionDetail': { color: 'var(--text2)', fontStyle: 'normal' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--brass-soft)', outline: '1px solid var(--brass-mark)' },
})

const words = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--text2)' },
  { tag: tags.string, color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--text)', fontWeight: '500' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: 'var(--text3)' },
])

export const editorLook = [theme, syntaxHighlighting(words)]
