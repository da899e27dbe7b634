import { newDataFolder } from "./core-process.ts";
import { smallDraft } from "./small-campaign.ts";
import { told } from "./told.ts";
import { startTestLab } from "../lab.ts";
const ids = (process.argv[2] ?? "native").split(",") as never;
const lab = await startTestLab();
try {
  const data = newDataFolder(lab);
  const id = await data.create(smallDraft(lab.demo.lab, ids));
  const t = performance.now();
  const end = await data.resume(id).ended;
  console.log(told((await data.content(id)).events));
  console.log(end.status, (performance.now() - t) / 1000, end.printed.slice(-1500));
} finally {
  await lab.stop();
}
