// Runs before the first paint, as a file of its own so that the Content-Security-Policy needs no inline script.
try {
  const theme = localStorage.getItem('moneta:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {}
