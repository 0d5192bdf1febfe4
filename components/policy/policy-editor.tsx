'use client'

import { indentWithTab } from '@codemirror/commands'
import { unfoldAll } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useNonce } from '../nonce.tsx'
import { Switch } from '../ui/checkbox.tsx'
import {
  diagnosticsOf,
  editorExtensions,
  foldStatements,
  markRange,
  putText,
  type Range,
  readingOnly,
  search,
} from './editor-setup.ts'
import { type Finding, localFindings } from './findings.ts'
import type { PolicyKnowledge } from './policy-words.ts'
import { formatted } from './statement-edits.ts'

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
  /** What completion and hover know of the key and the account. */
  knowledge?: PolicyKnowledge
  /** What is marked; without them, what the browser finds by itself. */
  findings?: readonly Finding[]
  /** The statement that decided a simulation. */
  marked?: Range | undefined
  readOnly?: boolean
  onCaret?: (position: number) => void
  ref?: Ref<PolicyEditorHandle>
}

const NOBODY: PolicyKnowledge = {
  kind: 'key',
  partition: 'aws',
  account: '',
  key: {},
  principals: [],
  regions: [],
}

/** A JSON editor for policies. Tab moves on unless it is told to indent; then Escape and Tab move on. */
export function PolicyEditor(props: PolicyEditorProps) {
  const { labelledBy, describedBy, value, knowledge = NOBODY, marked, readOnly = false, ref } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const [parts] = useState(() => ({ tabs: new Compartment(), reading: new Compartment() }))
  const [indents, setIndents] = useState(false)
  const nonce = useNonce()
  const own = useMemo(
    () => (props.findings ? undefined : localFindings(value, knowledge.kind)),
    [props.findings, value, knowledge.kind],
  )
  const findings = props.findings ?? own
  // The editor outlives renders: it calls what the last one gave.
  const latest = useRef({ ...props, knowledge })
  latest.current = { ...props, knowledge }

  useEffect(() => {
    if (!host.current) return
    const setup = {
      ...{ labelledBy, describedBy, nonce, ...parts },
      known: () => latest.current.knowledge,
      changed: (text: string) => latest.current.onChange(text),
      moved: (position: number) => latest.current.onCaret?.(position),
      save: () => {
        latest.current.onSave()
        return true
      },
    }
    const state = EditorState.create({ doc: latest.current.value, extensions: editorExtensions(setup) })
    const made = new EditorView({ parent: host.current, state })
    view.current = made
    return () => made.destroy()
  }, [labelledBy, describedBy, nonce, parts])

  useEffect(() => {
    if (view.current) putText(view.current, value)
  }, [value])
  useEffect(() => {
    const state = view.current?.state
    if (state) view.current?.dispatch(setDiagnostics(state, diagnosticsOf(findings ?? [], state.doc.length)))
  }, [findings])
  useEffect(() => {
    view.current?.dispatch({ effects: markRange.of(marked) })
  }, [marked])
  useEffect(() => {
    view.current?.dispatch({ effects: parts.tabs.reconfigure(indents ? keymap.of([indentWithTab]) : []) })
  }, [indents, parts])
  useEffect(() => {
    view.current?.dispatch({ effects: parts.reading.reconfigure(readingOnly(readOnly)) })
  }, [readOnly, parts])

  useImperativeHandle(ref, () => ({
    go(position) {
      const at = Math.min(position, view.current?.state.doc.length ?? 0)
      view.current?.dispatch({
        selection: { anchor: at },
        effects: EditorView.scrollIntoView(at, { y: 'center' }),
      })
      view.current?.focus()
    },
  }))
  const withView = (run: (editor: EditorView) => void) => () => view.current && run(view.current)
  return (
    <div className="border border-line-strong bg-surface">
      <div ref={host} />
      <div className="flex flex-wrap items-center gap-x-4 border-t border-line px-2.5 text-label text-text2">
        <Switch label="Tab indents" checked={indents} onChange={setIndents} />
        <span>
          {indents ? 'Press Escape, then Tab, to leave the editor.' : 'Tab leaves the editor.'}{' '}
          {props.saveWords ?? 'Ctrl+S saves.'}
        </span>
        <span className="ms-auto flex flex-wrap gap-x-3">
          <Tool onPress={withView(search)}>Search</Tool>
          <Tool onPress={withView(foldStatements)}>Fold statements</Tool>
          <Tool onPress={withView(unfoldAll)}>Unfold</Tool>
          {!readOnly && <Tool onPress={() => props.onChange(formatted(value))}>Format</Tool>}
        </span>
      </div>
    </div>
  )
}

const Tool = ({ onPress, children }: { onPress: () => void; children: string }) => (
  <button type="button" className="link min-h-7" onClick={onPress}>
    {children}
  </button>
)
