// Files of configurations: read back as they were written, without the confirmation of a device; errors name the field.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toConfigurationForm } from "#renderer/wizards/configuration/configuration-form.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import {
  configurationFileText,
  readConfigurationFile,
  serialLeftOut,
  withoutConfirmation,
} from "#shared/plan/configuration-file.ts";
import { anyConfiguration } from "../../fixtures/any-configuration.ts";

test("any configurations come back as they were, but for what confirms a device", () => {
  fc.assert(
    fc.property(fc.array(anyConfiguration, { minLength: 1, maxLength: 6 }), (configurations) => {
      const text = configurationFileText(configurations);
      const read = readConfigurationFile(text);
      expect(read.errors).toEqual([]);
      expect(read.configurations).toEqual(configurations.map(withoutConfirmation));
      expect(configurationFileText(read.configurations ?? [])).toBe(text);
    }),
  );
});

test("the serial number of a device is in no file, and is to be typed after it was read", () => {
  const [native] = configurationPresets;
  const onDevice = {
    ...native?.configuration,
    storage: { kind: "device", device: { path: "/dev/nvme1n1", serial: "S5XBNE0R301234" } },
  } as Configuration;
  const text = configurationFileText([onDevice]);
  expect(text).not.toContain("S5XBNE0R301234");
  const [read] = readConfigurationFile(text).configurations ?? [];
  if (read === undefined) throw new Error("It was read.");
  expect(toConfigurationForm(read).storage.device).toEqual({ path: "/dev/nvme1n1", serial: "" });
  // Also where a person wrote one into the file.
  const byHand = readConfigurationFile(text.replace(serialLeftOut, "S5XBNE0R301234"));
  expect(byHand.configurations).toEqual([read]);
});

test.each([
  ["{", /^This is no JSON: /],
  ["[]", /^The file: .*expected object/],
  ['{"format":"tare-configurations/2","configurations":[]}', /^format: must be "tare-configurations\/1"$/],
  ['{"format":"tare-configurations/1","configurations":[]}', /^configurations: must have a configuration$/],
])("%s is refused with a sentence", (text, error) => {
  const { configurations, errors } = readConfigurationFile(text);
  expect(configurations).toBeNull();
  expect(errors[0]).toMatch(error);
});

test("a wrong field is named by its place", () => {
  const texts = (change: (configuration: Record<string, unknown>) => object): readonly string[] => {
    const file = JSON.parse(
      configurationFileText(configurationPresets.map((each) => each.configuration)),
    ) as {
      configurations: Record<string, unknown>[];
    };
    file.configurations[1] = { ...file.configurations[1], ...change(file.configurations[1] ?? {}) };
    return readConfigurationFile(JSON.stringify(file)).errors;
  };
  expect(texts(() => ({ pinning: { cpus: "0-", memory: { policy: "default" } } }))).toEqual([
    "configurations[1].pinning.cpus: must be a CPU list like 0-7,16-23",
  ]);
  expect(texts(() => ({ colour: "blue" }))).toEqual(["configurations[1].colour: Tare knows no such field."]);
  expect(texts(() => ({ id: "Upper Case" }))[0]).toMatch(/^configurations\[1\]\.id: must be lower-case/);
  expect(texts(() => ({ environment: "lxc" }))[0]).toMatch(/^configurations\[1\]\.environment: /);
});
