import type { EmbeddingProgress as Progress } from '#shared/memory.ts'

/** Whether there is something that the embedding model has still to read. */
export function isEmbedding(progress: Progress | null | undefined): progress is Progress {
  return progress != null && progress.texts < progress.of
}

/** How far the model is, along the line under the figures: nothing moves as it comes and goes. */
export function EmbeddingProgress({ texts, of }: Progress) {
  const soFar = `${texts.toLocaleString()} of ${of.toLocaleString()} texts`
  return (
    <div className="relative text-ink-soft text-xs">
      <div
        role="progressbar"
        aria-labelledby="embedding"
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={texts}
        aria-valuetext={soFar}
        className="absolute bottom-0 h-px bg-verdigris transition-[width] duration-300"
        style={{ width: `${(100 * texts) / of}%` }}
      />
      <p className="absolute top-2 tabular-nums">
        <span id="embedding">Preparing search by meaning</span>: {soFar}
      </p>
    </div>
  )
}
