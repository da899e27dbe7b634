// Independent random streams from one seed: each place in a plan draws from its own, so that adding places moves no other.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** The stream of one place: the same seed and place give the same numbers, any other place unrelated ones. */
export function randomStream(seed: number, ...place: readonly number[]): RandomGenerator {
  const words = [1, 2, 3, 4].map((word) => hashOf([word, seed, ...place]));
  // Only the all-zero state is forbidden; the odd last word rules it out.
  return xoroshiro128plusFromState([words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, (words[3] ?? 0) | 1]);
}

/** A new array in random order; every order is equally likely (Fisher and Yates, as Durstenfeld 1964 gives it). */
export function shuffled<T>(items: readonly T[], random: RandomGenerator): T[] {
  const result: T[] = [];
  for (const item of items) {
    const place = uniformInt(random, 0, result.length);
    const moved = result[place];
    if (moved === undefined) result.push(item);
    else {
      result.push(moved);
      result[place] = item;
    }
  }
  return result;
}

/** MurmurHash3 (x86, 32 bit; Appleby, public domain) over 32-bit words. */
function hashOf(words: readonly number[]): number {
  let hash = 0;
  for (const word of words) {
    const mixed = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotated(hash ^ mixed, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= words.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
