// Questions to a person: asked, shown, answered once, withdrawn when the work is cancelled.
import { expect, test } from "vitest";
import { createPrompts, type Question } from "#main/prompts.ts";

const question: Question = { kind: "password", host: "sut", user: "bench", retry: false };
const never = new AbortController().signal;

test("a question is open until it is answered, once", async () => {
  const prompts = createPrompts();
  const seen: number[] = [];
  const stop = prompts.watch(() => seen.push(prompts.open().length));
  const answer = prompts.ask(question, never);
  const [open] = prompts.open();
  expect(open).toMatchObject(question);
  const given = { kind: "secret", id: open?.id ?? "", secret: "s" } as const;
  prompts.answer(given);
  expect(await answer).toEqual(given);
  expect(() => prompts.answer(given)).toThrow("not open any more");
  stop();
  void prompts.ask(question, never);
  expect(seen).toEqual([1, 0]);
});

test("cancelled work withdraws its question and no other", async () => {
  const prompts = createPrompts();
  const work = new AbortController();
  const asked = prompts.ask(question, work.signal);
  void prompts.ask({ ...question, user: "other" }, never);
  work.abort();
  await expect(asked).rejects.toMatchObject({ code: "CANCELLED" });
  expect(prompts.open()).toMatchObject([{ user: "other" }]);
  await expect(prompts.ask(question, work.signal)).rejects.toMatchObject({ code: "CANCELLED" });
});
