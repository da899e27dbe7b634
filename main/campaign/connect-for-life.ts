// A connection lives longer than the wish to make it: hosts are put back through it after a cancel.

/** Connects with a signal that ends with `giveUp` only while the connecting lasts, and with `life` afterwards. */
export async function connectForLife<T>(
  giveUp: AbortSignal,
  life: AbortSignal,
  connect: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  giveUp.throwIfAborted();
  const connecting = new AbortController();
  const abort = () => connecting.abort(giveUp.reason);
  giveUp.addEventListener("abort", abort);
  try {
    return await connect(AbortSignal.any([life, connecting.signal]));
  } finally {
    giveUp.removeEventListener("abort", abort);
  }
}
