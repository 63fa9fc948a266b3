/** Adds the variables of `.env`, where there is one, to the environment; what is set already stays. */
export function loadDotEnv(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
