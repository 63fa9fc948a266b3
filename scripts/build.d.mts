export function buildAll(): Promise<void>
export function isBuilt(): boolean
