'use client'

import { indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { linter, lintGutter } from '@codemirror/lint'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useNonce } from '../nonce.tsx'
import { Switch } from '../ui/checkbox.tsx'
import { editorLook } from './editor-look.ts'
import { completePolicy } from './policy-completion.ts'
import { findingsOf } from './policy-findings.tsx'

export type PolicyEditorHandle = { readonly go: (position: number) => void }

type PolicyEditorProps = {
  /** Ids of what names and describes the field. */
  labelledBy: string
  describedBy: string
  value: string
  onChange: (text: string) => void
  onSave: () => void
  /** What Ctrl+S does, in the bar under the text. */
  saveWords?: string
  ref?: Ref<PolicyEditorHandle>
}

// Faults of syntax are shown this long after the last key.
const LINT_MS = 50

const lint = linter(
  (view) => findingsOf(view.state.doc.toString()).map((found) => ({ ...found, severity: 'error' as const })),
  { delay: LINT_MS },
)

type Extras = {
  labelledBy: string
  describedBy: string
  nonce: string
  tabs: Compartment
  changed: (text: string) => void
  save: () => boolean
}

function extensions({ labelledBy, describedBy, nonce, tabs, changed, save }: Extras) {
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
    completePolicy(),
    lint,
    lintGutter(),
    EditorView.lineWrapping,
    EditorView.cspNonce.of(nonce),
    // Focusable by attribute too: some tools do not count what is merely editable.
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-labelledby': labelledBy,
      'aria-describedby': describedBy,
    }),
    EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
    tabs.of([]),
  ]
}

/** A JSON editor for policies. Tab moves on unless it is told to indent; then Escape and Tab move on. */
export function PolicyEditor({
  labelledBy,
  describedBy,
  value,
  onChange,
  onSave,
  saveWords = 'Ctrl+S saves.',
  ref,
}: PolicyEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const [tabs] = useState(() => new Compartment())
  const [indents, setIndents] = useState(false)
  const nonce = useNonce()
  // The editor outlives renders: it calls what the last one gave.
  const latest = useRef({ onChange, onSave, value })
  latest.current = { onChange, onSave, value }

  useEffect(() => {
    if (!host.current) return
    const changed = (text: string) => latest.current.onChange(text)
    const save = () => {
      latest.current.onSave()
      return true
    }
    const setup = extensions({ labelledBy, describedBy, nonce, tabs, changed, save })
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.value, extensions: setup }),
    })
    view.current = made
    return () => made.destroy()
  }, [labelledBy, describedBy, nonce, tabs])

  useEffect(() => {
    const current = view.current?.state.doc.toString()
    if (view.current && current !== value)
      view.current.dispatch({ changes: { from: 0, to: current?.length ?? 0, insert: value } })
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: tabs.reconfigure(indents ? keymap.of([indentWithTab]) : []) })
  }, [indents, tabs])

  useImperativeHandle(ref, () => ({
    go(position) {
      view.current?.dispatch({
        selection: { anchor: position },
        effects: EditorView.scrollIntoView(position, { y: 'center' }),
      })
      view.current?.focus()
    },
  }))

  return (
    <div className="border border-line-strong bg-surface">
      <div ref={host} />
      <div className="flex flex-wrap items-center gap-x-4 border-t border-line px-2.5 text-label text-text2">
        <Switch label="Tab indents" checked={indents} onChange={setIndents} />
        <span>
          {indents ? 'Press Escape, then Tab, to leave the editor.' : 'Tab leaves the editor.'} {saveWords}
        </span>
      </div>
    </div>
  )
}
