export type Theme = 'system' | 'light' | 'dark'

const KEY = 'moneta:theme'

/** The theme in use; public/theme.js has applied it before the first paint. */
export function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Applies the theme at once and on every later visit; a browser that keeps nothing applies it until the reload. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    return
  }
}
