/** The key that shortcuts are pressed with, as this system calls it. */
export const modifier = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl'
