/** A checkpoint as it is answered. */
import type { CheckpointView } from '../../domain/evidence.ts'
import type { Checkpoint } from './checkpoints.ts'

export const checkpointView = ({ origin, size, root, at, note }: Checkpoint): CheckpointView => ({
  Origin: origin,
  Size: size,
  Root: root.toString('base64'),
  At: at,
  Note: note,
})
