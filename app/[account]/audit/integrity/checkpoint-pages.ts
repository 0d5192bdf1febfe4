import type { InputOf, OutputOf } from '#lib/console/operations.ts'

export type CheckpointView = OutputOf<'ListCheckpoints'>['Checkpoints'][number]

export const FIRST_CHECKPOINTS: InputOf<'ListCheckpoints'> = { Limit: 20 }
