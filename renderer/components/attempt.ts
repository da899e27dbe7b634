// Something a person pressed: done, or its failure shown.
import { showFailure } from "./show-failure.ts";

/** Whether it was done; where it was not, a notification says so under `title`. */
export async function attempt(title: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    showFailure(title, error);
    return false;
  }
}
