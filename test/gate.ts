/** A promise that is fulfilled by hand. */
export class Gate<T = void> {
  readonly passed: Promise<T>
  open: (value: T) => void = () => {}
  fail: (error: Error) => void = () => {}

  constructor() {
    this.passed = new Promise((resolve, reject) => {
      this.open = resolve
      this.fail = reject
    })
  }
}
