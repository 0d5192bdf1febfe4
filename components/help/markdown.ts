/** Draws the help's texts as Markdown, for docs/. documents.test.ts writes the files and compares them. */
import { awsHref } from './aws-page.ts'
import { KEY_KINDS, KEY_KINDS_INTRO, KEY_KINDS_PASSAGES, KEY_KINDS_READ, KINDS } from './key-kinds.ts'
import { type Difference, EVIDENCE, THEN_AND_NOW, THEN_AND_NOW_INTRO } from './then-and-now.ts'

const GENERATED = '<!-- Drawn from components/help by documents.test.ts: change the text there. -->'
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const page = (blocks: readonly string[]) => `${blocks.join('\n\n')}\n`

const evidenceOf = ({ evidence, unsure, read }: Difference) =>
  [
    `Known from ${evidence.map((name) => EVIDENCE[name]).join('; ')}.`,
    ...(unsure ? [`Not confirmed: ${unsure}`] : []),
    `[AWS’s page](${awsHref(read)})`,
  ].join(' ')

const section = (difference: Difference) => [
  `## ${difference.topic}`,
  [
    row(['', '']),
    row(['---', '---']),
    row(['Notes say', difference.notes]),
    row(['AWS now', difference.aws]),
    row(['Keyhouse', difference.keyhouse]),
  ].join('\n'),
  evidenceOf(difference),
]

/** docs/then-and-now.md */
export const thenAndNowMarkdown = (): string =>
  page(['# Then and now', GENERATED, ...THEN_AND_NOW_INTRO, ...THEN_AND_NOW.flatMap(section)])

/** docs/aws-owned-keys.md */
export const keyKindsMarkdown = (): string =>
  page([
    '# Customer managed, AWS managed and AWS owned keys',
    GENERATED,
    KEY_KINDS_INTRO,
    [
      row(['', ...KINDS]),
      row(['---', '---', '---', '---']),
      ...KEY_KINDS.map(({ question, answers }) => row([question, ...answers])),
    ].join('\n'),
    ...KEY_KINDS_PASSAGES.flatMap(({ heading, paragraphs }) => [`## ${heading}`, ...paragraphs]),
    `[AWS’s page](${awsHref(KEY_KINDS_READ)})`,
  ])
