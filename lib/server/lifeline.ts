/**
 * Loaded before the engine: when the supervisor is gone, however it went, standard input ends, and the engine is
 * asked to stop as by the supervisor itself. So nothing of ours outlives who watches over it.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.resume()
