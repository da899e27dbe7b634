// What every domain's handlers are made from: the contract, with Tare's errors translated.
import { ORPCError, implement } from "@orpc/server";
import { contract } from "#shared/contract/contract.ts";
import { toFailure } from "#shared/model/error.ts";

/** The contract with errors translated; every domain's handlers are made from it. */
export const api = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    throw asContractError(error);
  }
});

/** A thrown value as the contract's error; its data is the failure to show. */
function asContractError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error;
  const failure = toFailure(error);
  return new ORPCError("TARE", { status: 422, message: failure.message, data: failure, defined: true });
}

/** A stream whose failures cross as the contract's errors too. */
export async function* streamOf<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    for await (const item of items) yield item;
  } catch (error) {
    throw asContractError(error);
  }
}
