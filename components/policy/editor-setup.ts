import { json } from '@codemirror/lang-json'
import { foldEffect, unfoldAll } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import {
  type Compartment,
  EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, runScopeHandlers } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { editorLook } from './editor-look.ts'
import type { Finding } from './findings.ts'
import { completePolicy } from './policy-completion.ts'
import type { PolicyKnowledge } from './policy-words.ts'
import { nodesOf } from './statement-nodes.ts'

export type Range = { readonly from: number; readonly to: number }

/** Marks the lines of a statement, or none. */
export const markRange = StateEffect.define<Range | undefined>()
const marked = Decoration.line({ class: 'cm-deciding' })

function linesOf(state: EditorState, range: Range | undefined): DecorationSet {
  if (!range || range.to > state.doc.length) return Decoration.none
  const first = state.doc.lineAt(range.from).number
  const last = state.doc.lineAt(range.to).number
  const lines = Array.from({ length: last - first + 1 }, (_, at) => state.doc.line(first + at).from)
  return Decoration.set(lines.map((from) => marked.range(from)))
}

const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const effect = transaction.effects.find((one) => one.is(markRange))
    return effect?.is(markRange)
      ? linesOf(transaction.state, effect.value)
      : decorations.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const SEVERITY = {
  error: 'error',
  'security-warning': 'warning',
  warning: 'warning',
  suggestion: 'info',
} as const

/** Findings as the editor marks them, kept inside the text. */
export const diagnosticsOf = (findings: readonly Finding[], length: number): Diagnostic[] =>
  findings.map(({ From, To, Severity, Message, Id, Fix }) => {
    const from = Math.min(From, length)
    return {
      from,
      // What is about the whole policy is marked at its beginning.
      to: From === 0 && To >= length ? Math.min(1, length) : Math.min(Math.max(To, from), length),
      severity: SEVERITY[Severity],
      message: `${Message} (${Id})`,
      ...(Fix && {
        actions: [
          {
            name: Fix.Title,
            apply: (view: EditorView) =>
              view.dispatch({
                changes: Fix.Edits.map((edit) => ({ from: edit.From, to: edit.To, insert: edit.Text })),
              }),
          },
        ],
      }),
    }
  })

export type Setup = {
  readonly labelledBy: string
  readonly describedBy: string
  readonly nonce: string
  readonly tabs: Compartment
  readonly reading: Compartment
  readonly known: () => PolicyKnowledge
  readonly changed: (text: string) => void
  readonly moved: (position: number) => void
  readonly save: () => boolean
}

export const readingOnly = (on: boolean): Extension =>
  on ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []

export function editorExtensions(setup: Setup): Extension {
  const { labelledBy, describedBy, nonce, tabs, reading, known, changed, moved, save } = setup
  return [
    // Before the standard keys, and only this: Ctrl+Enter would else make a line.
    Prec.highest(
      keymap.of([
        { key: 'Mod-s', run: save, preventDefault: true },
        { key: 'Mod-Enter', run: save },
      ]),
    ),
    editorLook,
    basicSetup,
    json(),
    completePolicy(known),
    // Findings come from outside, with setDiagnostics.
    linter(null),
    lintGutter(),
    markField,
    EditorView.lineWrapping,
    EditorView.cspNonce.of(nonce),
    EditorState.phrases.of({ 'Control character': 'Character that cannot be in a policy' }),
    // Focusable by attribute too: some tools do not count what is merely editable.
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-labelledby': labelledBy,
      'aria-describedby': describedBy,
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString())
      if (update.selectionSet) moved(update.state.selection.main.head)
    }),
    tabs.of([]),
    reading.of([]),
  ]
}

/** Replaces the text by another with the smallest change, so that caret and undo stay. */
export function putText(view: EditorView, text: string): void {
  const now = view.state.doc.toString()
  if (now === text) return
  const most = Math.min(now.length, text.length)
  let start = 0
  while (start < most && now[start] === text[start]) start++
  let end = 0
  while (end < most - start && now[now.length - 1 - end] === text[text.length - 1 - end]) end++
  view.dispatch({
    changes: { from: start, to: now.length - end, insert: text.slice(start, text.length - end) },
  })
}

/** Folds every statement to one line. */
export function foldStatements(view: EditorView): void {
  const effects = nodesOf(view.state.doc.toString()).map(({ offset, length }) =>
    foldEffect.of({ from: offset + 1, to: offset + length - 1 }),
  )
  unfoldAll(view)
  view.dispatch({ effects })
}

/** What Ctrl+F does in the editor, for a button. */
export function search(view: EditorView): void {
  view.focus()
  const mac = /Mac|iP/.test(navigator.platform)
  const press = new KeyboardEvent('keydown', { key: 'f', ctrlKey: !mac, metaKey: mac })
  runScopeHandlers(view, press, 'editor')
}
