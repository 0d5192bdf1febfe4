import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { hoverTooltip } from '@codemirror/view'
import { meaningAt, type PolicyKnowledge, type Word, wordsAt } from './policy-words.ts'

const optionOf = ({ label, detail, info, last }: Word, quoted: boolean): Completion => ({
  label,
  ...(detail && { detail }),
  ...(info && { info }),
  ...(last && { boost: -50 }),
  ...(!quoted && { apply: JSON.stringify(label) }),
})

/** Completion from the tables: in a string as one types, elsewhere when asked for (Ctrl+Space). */
function completion(known: () => PolicyKnowledge) {
  return (context: CompletionContext): CompletionResult | null => {
    const at = wordsAt(context.state.doc.toString(), context.pos, known())
    if (!at || (!at.quoted && !context.explicit)) return null
    return {
      from: at.from,
      to: at.to,
      options: at.words.map((word) => optionOf(word, at.quoted)),
      validFor: at.quoted ? /^[^"\n]*$/ : /^$/,
    }
  }
}

const hover = (known: () => PolicyKnowledge) =>
  hoverTooltip((view, pos) => {
    const found = meaningAt(view.state.doc.toString(), pos, known())
    if (!found) return null
    const { from, to, word } = found
    return {
      pos: from,
      end: to,
      above: true,
      create() {
        const dom = document.createElement('div')
        dom.className = 'cm-meaning'
        dom.textContent = [word.label, word.detail, word.info].filter(Boolean).join(' · ')
        return { dom }
      },
    }
  })

/** Completion and explanation; `known` is asked each time, because it changes while the editor lives. */
export const completePolicy = (known: () => PolicyKnowledge) => [
  autocompletion({ override: [completion(known)], icons: false, maxRenderedOptions: 8 }),
  hover(known),
]
