// Values that are pushed by one and taken by another.

export interface Queue<T> {
  readonly push: (item: T) => void;
  readonly end: () => void;
  readonly items: () => AsyncGenerator<T>;
}

export function createQueue<T>(): Queue<T> {
  const waiting: T[] = [];
  let ended = false;
  let wake = Promise.withResolvers<void>();
  const poke = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  return {
    push(item) {
      waiting.push(item);
      poke();
    },
    end() {
      ended = true;
      poke();
    },
    async *items() {
      for (;;) {
        const item = waiting.shift();
        if (item !== undefined) yield item;
        else if (ended) return;
        else await wake.promise;
      }
    },
  };
}
