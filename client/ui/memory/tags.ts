/** The tags in a line with commas, each once, none longer than the server takes. */
export function tagsOf(line: string): string[] {
  const tags = line.split(',').map((tag) => tag.trim().slice(0, 60))
  return [...new Set(tags.filter(Boolean))].slice(0, 20)
}
