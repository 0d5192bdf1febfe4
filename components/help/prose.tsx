import { Fragment } from 'react'

const PART = /(`[^`]+`|\*\*[^*]+\*\*)/

/** A text of the help: words, `code` and **what a paragraph is about**. */
export function Prose({ text }: { text: string }) {
  return text.split(PART).map((part, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    if (part.startsWith('`')) return <Code key={at} text={part.slice(1, -1)} />
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    if (part.startsWith('**')) return <strong key={at}>{part.slice(2, -2)}</strong>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    return <Fragment key={at}>{part}</Fragment>
  })
}

const Code = ({ text }: { text: string }) => <code className="break-words text-mono">{text}</code>
