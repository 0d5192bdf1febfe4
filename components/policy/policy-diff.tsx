import { cn } from '../ui/class-names.ts'
import { type DiffLine, laidOut, lineDiff, shortened } from './line-diff.ts'

type PolicyDiffProps = {
  before: string
  after: string
  /** Whose each is: "eu-west-1", "us-east-1". */
  beforeName: string
  afterName: string
  label: string
  /** As they are written, with the numbers of lines; else laid out alike. */
  exact?: boolean
}

const MARK: Record<DiffLine['kind'], string> = { same: ' ', removed: '−', added: '+' }
const TONE: Record<DiffLine['kind'], string> = {
  same: 'text-text2',
  removed: 'bg-vermilion-soft text-vermilion',
  added: 'bg-verdigris-soft text-verdigris',
}

type Numbered = DiffLine & { readonly number: number }

/** Each line with its number: of the text before where it is gone, else of the text after. */
function numbered(lines: readonly DiffLine[]): Numbered[] {
  let [before, after] = [0, 0]
  return lines.map((line) => {
    if (line.kind !== 'added') before++
    if (line.kind !== 'removed') after++
    return { ...line, number: line.kind === 'removed' ? before : after }
  })
}

/** Two policies line by line. Sign and words say what the colours say. */
export function PolicyDiff({ before, after, beforeName, afterName, label, exact }: PolicyDiffProps) {
  const lay = exact ? (text: string) => text : laidOut
  const parts = shortened(numbered(lineDiff(lay(before), lay(after))))
  const only: Record<DiffLine['kind'], string> = {
    same: '',
    removed: `Only in ${beforeName}: `,
    added: `Only in ${afterName}: `,
  }
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[60vh] overflow-auto border border-line bg-surface py-1"
    >
      <ol className="w-max min-w-full font-mono text-editor">
        {parts.map((part, at) =>
          'skipped' in part ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
            <li key={at} className="px-2 py-0.5 text-label text-text3">
              {part.skipped} {part.skipped === 1 ? 'line' : 'lines'} alike
            </li>
          ) : (
            part.lines.map(({ kind, text, number }, line) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
                key={`${at}.${line}`}
                className={cn('whitespace-pre px-2', TONE[kind])}
              >
                {exact && (
                  <span aria-hidden="true" className="inline-block w-8 select-none pe-2 text-end text-text2">
                    {number}
                  </span>
                )}
                <span aria-hidden="true" className="select-none pe-2">
                  {MARK[kind]}
                </span>
                {only[kind] && <span className="sr-only">{only[kind]}</span>}
                {text}
              </li>
            ))
          ),
        )}
      </ol>
    </section>
  )
}
