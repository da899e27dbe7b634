// The userland's recipe: which system a host runs, which kernel its guests get, and how far a build is.
import { expect, test } from "vitest";
import { stageOf } from "#main/environments/userland-progress.ts";
import { guestKernelPackage, parseRelease } from "#shared/environments/userland-recipe.ts";

test("os-release is read with and without quotes, and without a code name", () => {
  const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n';
  expect(parseRelease(debian)).toEqual({
    id: "debian",
    codename: "bookworm",
    title: "Debian GNU/Linux 12 (bookworm)",
  });
  const arch = "NAME='Arch Linux'\nID=arch\nHOME_URL='https://archlinux.org/?a=b'\n";
  expect(parseRelease(arch)).toEqual({ id: "arch", codename: "", title: "Arch Linux" });
  expect(parseRelease("")).toEqual({ id: "", codename: "", title: "an unknown system" });
});

test("guests get the kernel that their distribution makes for virtual machines", () => {
  expect(guestKernelPackage("debian", "amd64")).toBe("linux-image-cloud-amd64");
  expect(guestKernelPackage("ubuntu", "amd64")).toBe("linux-image-virtual");
  expect(guestKernelPackage("arch", "x86_64")).toBeNull();
});

test("a build's progress only grows, by what mmdebstrap and the scripts print", () => {
  const printed = `I: automatically chosen mode: root
I: running apt-get update...
Get:1 http://deb.example/debian bookworm InRelease
I: downloading packages with apt...
I: extracting archives...
I: installing essential packages...
I: installing remaining packages inside the chroot...
I: running --customize-hook in shell: sh -c 'sh "$TARE_DOWNLOAD" …'
I: cleaning package lists and apt cache...
I: success in 26.9278 seconds
Making the guest's kernel and first file system`;
  const shares = printed.split("\n").flatMap((line) => stageOf(line)?.share ?? []);
  expect(shares).toHaveLength(8);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeLessThan(1);
});
